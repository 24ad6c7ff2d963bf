/** The live view of {@code ctl watch}: samples of the status, rates between them, pages, keys. */
package io.loble.ctl.watch;
