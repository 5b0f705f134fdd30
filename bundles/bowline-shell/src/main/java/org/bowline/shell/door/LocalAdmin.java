package org.bowline.shell.door;

import java.io.IOException;
import java.security.Principal;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/**
 * Who comes through the door: whoever may open the socket owns the agent's files, and is its admin
 * without signing in.
 */
final class LocalAdmin {
    /** The name that stands in the log and in the audit. */
    static final String NAME = "local";

    private static final Set<Principal> PRINCIPALS =
            Set.of(
                    new UserPrincipal(NAME),
                    new RolePrincipal("admin"),
                    new RolePrincipal("manager"),
                    new RolePrincipal("viewer"),
                    new RolePrincipal("systembundles"));

    private LocalAdmin() {}

    /** Does it as the admin; threads that start inside inherit it. */
    static <T> T act(PrivilegedExceptionAction<T> action) throws IOException {
        try {
            return Subject.doAs(new Subject(true, PRINCIPALS, Set.of(), Set.of()), action);
        } catch (PrivilegedActionException e) {
            throw new IOException("the shell session could not be opened", e.getCause());
        }
    }
}
