/**
 * Where pools find backends by themselves: one small class a source, each behind {@link
 * io.loble.upstream.discovery.EndpointSource}. Knows nothing of health or snapshots.
 */
package io.loble.upstream.discovery;
