/** What the admin interface answers, read from JSON into records. */
package io.loble.ctl.answer;
