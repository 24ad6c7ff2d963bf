/**
 * What {@code k8s/} and {@code compose.yaml} say, read as strictly as a cluster would read it, and
 * held against what this program really does: its configuration, its ports, its metrics. There is
 * no cluster and no container engine here.
 */
package io.loble.deploy;
