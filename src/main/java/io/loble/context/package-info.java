/**
 * State that exists once per Vert.x instance, and by which the verticles of that instance find each
 * other. Nothing here knows what the state is.
 */
package io.loble.context;
