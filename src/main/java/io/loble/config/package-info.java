/**
 * A whole configuration as validated records: complete and correct, with every default filled in.
 *
 * <p>Nothing here opens a socket, reads a file or knows what the settings are used for. The
 * packages below read documents into these records ({@code read}, {@code keys}, {@code source}),
 * compare them ({@code diff}) and describe their keys ({@code schema}).
 */
package io.loble.config;
