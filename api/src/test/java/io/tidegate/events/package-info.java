/** The stream of the installation's events, over the wire. */
@org.jspecify.annotations.NullMarked
package io.tidegate.events;
