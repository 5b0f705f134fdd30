package org.bowline.local.ui;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * The web context of the Local UI: the whole of {@code /} that no other room takes, so it ranks
 * below every other context. It hands out no resource of the bundle.
 */
@Component(
        service = ServletContextHelper.class,
        scope = ServiceScope.BUNDLE,
        property = "service.ranking:Integer=-1000")
@HttpWhiteboardContext(name = UiContext.NAME, path = "/")
@HttpWhiteboardTarget(UiContext.TARGET)
public final class UiContext extends ServletContextHelper {
    static final String NAME = "org.bowline.local.ui";
    static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

    /** The HTTPS listener for people and scripts, never the registry's. */
    static final String TARGET = "(org.apache.felix.http.name=bowline)";

    @Override
    public java.net.@Nullable URL getResource(String name) {
        return null;
    }
}
