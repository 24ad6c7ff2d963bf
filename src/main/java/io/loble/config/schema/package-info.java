/** The keys as JSON Schema, with the descriptions of the configuration reference. */
package io.loble.config.schema;
