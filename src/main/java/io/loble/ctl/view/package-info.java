/** How {@code ctl} shows answers and events: tables and lines of text. */
package io.loble.ctl.view;
