/**
 * A client of name servers for those who have to know how long an answer is good for: it says which
 * addresses or services a name has, until when, and tells a name that does not exist from one that
 * cannot be looked up. It keeps no answers.
 */
package io.loble.net.dns;
