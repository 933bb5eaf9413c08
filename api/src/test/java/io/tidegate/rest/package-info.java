@NullMarked
package io.tidegate.rest;

import org.jspecify.annotations.NullMarked;
