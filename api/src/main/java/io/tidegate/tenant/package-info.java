/**
 * Who uses the installation: tenants, their apps, keys and namespaces, and the record of every
 * change to them.
 */
@NullMarked
package io.tidegate.tenant;

import org.jspecify.annotations.NullMarked;
