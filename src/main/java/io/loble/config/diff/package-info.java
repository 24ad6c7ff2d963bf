/** What differs between two configurations, and how changes are made to one. */
package io.loble.config.diff;
