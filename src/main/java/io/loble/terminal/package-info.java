/**
 * How tables, numbers and pages look on a terminal. What is in them is the business of the packages
 * above; nothing here knows of balancers, but for the colours of their states.
 */
package io.loble.terminal;
