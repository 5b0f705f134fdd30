package org.bowline.rest;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.HostRow.Cell;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.TokenView;

/** A room of pairing that does what it is told and remembers who asked. */
public final class FakePairing implements Pairing {
    static final HostId SELF = new HostId("a".repeat(26));
    static final HostId OTHER = new HostId("b".repeat(26));
    static final String TOKEN = "dGhlIHRva2Vu";

    final List<String> acts = new CopyOnWriteArrayList<>();
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    final List<HostRow> rows = new CopyOnWriteArrayList<>(List.of(row(SELF, true)));

    volatile boolean leading;
    volatile Optional<LinkView.Operation> last = Optional.empty();
    volatile Optional<RuntimeException> breaks = Optional.empty();

    static HostRow row(HostId id, boolean self) {
        Cell green = new Cell("synced", 100, "", "");
        return new HostRow(
                id,
                "host-" + id.value().charAt(0),
                List.of("192.0.2.7"),
                5080,
                self,
                Optional.empty(),
                HostRow.Status.READY,
                green,
                new Cell("healthy", 100, "", ""),
                "0.1.0",
                Optional.of(Instant.EPOCH),
                self,
                Optional.empty());
    }

    /** This host was heard of then. */
    void heard(Instant at) {
        HostRow was = rows.get(0);
        rows.set(
                0,
                new HostRow(
                        was.id(),
                        was.name(),
                        was.addresses(),
                        was.uiPort(),
                        was.leader(),
                        was.role(),
                        was.status(),
                        was.content(),
                        was.health(),
                        was.version(),
                        Optional.of(at),
                        was.self(),
                        was.cannotUnlink()));
    }

    void end(LinkStatus status) {
        last = last.map(now -> new LinkView.Operation(now.id(), status, now.steps(), now.reason()));
        changed();
    }

    void changed() {
        watchers.forEach(Runnable::run);
    }

    @Override
    public LeaderView leader() {
        Optional<TokenView> token =
                leading
                        ? Optional.of(
                                new TokenView(
                                        TOKEN,
                                        List.of("192.0.2.7"),
                                        Instant.EPOCH,
                                        Duration.ofSeconds(90)))
                        : Optional.empty();
        return new LeaderView(leading, token, Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public LeaderView startLeading(Actor actor) {
        acts.add("start by " + actor.name() + " through " + actor.face());
        leading = true;
        changed();
        return leader();
    }

    @Override
    public LeaderView stopLeading(Actor actor) {
        leading = false;
        changed();
        return leader();
    }

    @Override
    public LinkView link() {
        return new LinkView(false, Optional.empty(), Optional.empty(), Optional.empty(), last);
    }

    @Override
    public LinkPreview preview(String token) throws IOException {
        acts.add("preview " + token);
        return new LinkPreview(
                OTHER,
                "other",
                "192.0.2.8",
                "group",
                1,
                Duration.ofSeconds(60),
                List.of(new LinkPreview.Check("Reachable", "both ways", Optional.empty())),
                List.of(),
                List.of());
    }

    @Override
    public LinkView.Operation link(String token, Actor actor) throws IOException {
        if (token.isEmpty()) {
            throw new RefusedException(Refusal.TOKEN_EMPTY, "Nothing was pasted");
        }
        acts.add("link " + token);
        LinkView.Step step = new LinkView.Step("Ask", LinkStatus.IN_PROGRESS, Instant.EPOCH);
        var begun =
                new LinkView.Operation(
                        "op1",
                        LinkStatus.PENDING,
                        new ArrayList<>(List.of(step)),
                        Optional.empty());
        last = Optional.of(begun);
        changed();
        return begun;
    }

    @Override
    public void unlink(Actor actor) throws IOException {
        acts.add("unlink self");
    }

    @Override
    public void unlink(HostId follower, Actor actor) throws IOException {
        acts.add("unlink " + follower);
    }

    @Override
    public List<HostRow> hosts() {
        breaks.ifPresent(
                cause -> {
                    throw cause;
                });
        return List.copyOf(rows);
    }

    @Override
    public Subscription watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }
}
