/**
 * People in PostgreSQL: accounts, members, operators, invitations, sessions, second factors. Texts
 * that open something are kept hashed.
 */
@NullMarked
package io.tidegate.account.store;

import org.jspecify.annotations.NullMarked;
