/** The connection to the admin interface of a balancer: requests, answers, TLS, tokens, errors. */
package io.loble.ctl.client;
