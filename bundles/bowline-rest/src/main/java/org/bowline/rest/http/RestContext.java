package org.bowline.rest.http;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/** The web context of the API, {@code /api/v1}. It hands out no resource of the bundle. */
@Component(service = ServletContextHelper.class, scope = ServiceScope.BUNDLE)
@HttpWhiteboardContext(name = RestContext.NAME, path = RestContext.PATH)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class RestContext extends ServletContextHelper {
    /** Where the API begins. */
    public static final String PATH = "/api/v1";

    /** The name of this context. */
    public static final String NAME = "org.bowline.rest";

    /** Selects this context. */
    public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** The HTTPS listener for people and scripts, never the registry's. */
    public static final String TARGET = "(org.apache.felix.http.name=" + Listener.SERVER + ")";

    @Override
    public java.net.@Nullable URL getResource(String name) {
        return null;
    }
}
