/**
 * What can be asked of and done to a running balancer, independent of how the request arrived.
 *
 * <p>Commands answer in JSON. HTTP and the event bus are faces of what is here; neither is known
 * here. Whatever changes the configuration, the file included, goes through {@link
 * io.loble.control.ConfigManager}, and from there to the verticles.
 */
package io.loble.control;
