/** Active checks: connects to a backend, and checks what it answers. */
package io.loble.upstream.probe;
