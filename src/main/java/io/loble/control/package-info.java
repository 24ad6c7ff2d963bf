/**
 * What can be asked of and done to a running balancer, independent of how the request arrived.
 *
 * <p>Commands answer in JSON. HTTP and the event bus are faces of what is here; neither is known
 * here: a refused command has a reason, for which each face has its code. Whatever changes the
 * configuration, the file included, goes through {@link io.loble.control.ConfigManager}: it is
 * planned, applied to the verticles in stages, and kept as a version.
 */
package io.loble.control;
