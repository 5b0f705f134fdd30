package org.bowline.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bowline.api.group.Entry;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.identity.HostId;
import org.bowline.rest.http.ApiServlet;
import org.bowline.rest.http.Exchange;
import org.bowline.rest.http.RestContext;
import org.bowline.rest.http.Role;
import org.bowline.rest.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /api/v1/diagnostics/state}: what this host holds as agreed by its group, the same as long
 * as nothing was changed; no presence, no live token.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/diagnostics/state")
@HttpWhiteboardContextSelect(RestContext.SELECT)
@HttpWhiteboardTarget(RestContext.TARGET)
public final class DiagnosticsServlet extends ApiServlet {
    private static final long serialVersionUID = 1L;

    /** Of every room that agrees on something with the group, also of those to come. */
    private static final List<String> SLICES =
            List.of("cluster", "content", "group", "pairing", "settings", "update");

    private record GroupState(
            String id,
            long generation,
            boolean leader,
            Set<HostId> voters,
            Map<HostId, String> roles,
            List<Member> members) {}

    private record State(
            HostId identity, GroupState group, Map<String, Map<String, Entry<JsonNode>>> slices) {}

    private final transient Group group;

    @Activate
    public DiagnosticsServlet(@Reference Group group) {
        this.group = group;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("GET", "/diagnostics/state", Role.ADMIN, this::state));
    }

    private void state(Exchange exchange) throws IOException {
        GroupView view = group.view();
        Map<String, Map<String, Entry<JsonNode>>> slices = new TreeMap<>();
        for (String name : SLICES) {
            slices.put(name, new TreeMap<>(group.slice(name, JsonNode.class).all()));
        }
        List<Member> members =
                view.members().stream().sorted(Comparator.comparing(Member::id)).toList();
        GroupState state =
                new GroupState(
                        view.id(),
                        view.generation(),
                        view.voter(),
                        new TreeSet<>(view.voters()),
                        roles(view),
                        members);
        exchange.answer(new State(view.self(), state, slices));
    }

    private static Map<HostId, String> roles(GroupView view) {
        Map<HostId, String> roles = new TreeMap<>();
        for (Member member : view.members()) {
            boolean leads = view.voters().contains(member.id());
            roles.put(member.id(), leads ? "leader" : "follower");
        }
        return roles;
    }
}
