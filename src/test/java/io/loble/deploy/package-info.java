/**
 * What the Dockerfile, {@code k8s/} and {@code compose.yaml} say, read as strictly as an engine or
 * a cluster would read it, held against what this program really does, and carried out as far as
 * that goes without either: there is no cluster and no container engine here. Programs are started
 * with the means of {@code scenario}, which knows nothing of this package.
 */
package io.loble.deploy;
