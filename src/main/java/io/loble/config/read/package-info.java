/**
 * How a document is read, whatever its keys: values with their places, the kinds of values, fields
 * and sections, and errors that say what would be right.
 */
package io.loble.config.read;
