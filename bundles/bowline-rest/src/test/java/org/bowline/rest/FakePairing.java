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
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.HostRow.Cell;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Reason;
import org.bowline.api.pairing.TokenView;

/** A room of pairing that does what it is told and remembers who asked. */
public final class FakePairing implements Pairing {
    static final HostId SELF = new HostId("a".repeat(26));
    static final HostId OTHER = new HostId("b".repeat(26));
    static final String TOKEN = "dGhlIHRva2Vu";

    final List<String> acts = new CopyOnWriteArrayList<>();
    final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    final List<LinkView.Operation> operations = new CopyOnWriteArrayList<>();
    final List<LeaderView.Joining> joining = new CopyOnWriteArrayList<>();
    final List<HostRow> rows = new CopyOnWriteArrayList<>(List.of(row(SELF, true)));

    volatile boolean leading;
    volatile Optional<LeaderView.Challenge> challenge = Optional.empty();
    volatile Optional<Long> leaderLost = Optional.empty();
    volatile Optional<Reason> planRefused = Optional.empty();
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
                Optional.of(
                        new HostRow.Moved(
                                List.of("192.0.2.6"), List.of("192.0.2.7"), Instant.EPOCH)),
                Optional.empty(),
                Optional.of(new Reason(Refusal.HOST_REACHABLE, "It answers")));
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
                        was.moved(),
                        was.cannotUnlink(),
                        was.cannotForget()));
    }

    void end(LinkStatus status) {
        LinkView.Operation now = operations.get(0);
        operations.set(
                0,
                new LinkView.Operation(now.id(), now.leader(), status, now.steps(), now.reason()));
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
        return new LeaderView(
                leading,
                token,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Reason(Refusal.LEADER_REACHABLE, "It answers")),
                challenge,
                joining);
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
        acts.add("stop");
        leading = false;
        changed();
        return leader();
    }

    @Override
    public LinkView link() {
        return new LinkView(
                leaderLost.isPresent(),
                leaderLost.map(seconds -> OTHER),
                Optional.empty(),
                Optional.empty(),
                leaderLost,
                operations.stream().findFirst(),
                operations);
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
                        "op" + (operations.size() + 1),
                        "192.0.2.8",
                        LinkStatus.PENDING,
                        new ArrayList<>(List.of(step)),
                        Optional.empty());
        operations.add(0, begun);
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
    public void forget(HostId follower, Actor actor) {
        acts.add("forget " + follower);
    }

    @Override
    public LeaderView takeOver(Actor actor) {
        acts.add("take over by " + actor.name());
        leading = true;
        return leader();
    }

    @Override
    public LinkView yield(Actor actor) throws IOException {
        if (challenge.isEmpty()) {
            throw new RefusedException(Refusal.NOT_CHALLENGED, "Nobody took over");
        }
        acts.add("yield by " + actor.name());
        return link();
    }

    @Override
    public Plan plan(Plan.Act act, Optional<HostId> host) {
        String on = host.map(HostId::value).orElse("this host");
        return new Plan(
                act,
                List.of(new Plan.Change(on, "It changes")),
                List.of("Content stays"),
                planRefused);
    }

    @Override
    public HostCheck check(HostId host) throws IOException {
        if (rows.stream().noneMatch(row -> row.id().equals(host))) {
            throw new RefusedException(Refusal.HOST_UNKNOWN, "There is no " + host);
        }
        Reason away = new Reason(Refusal.PEER_UNREACHABLE, "Connection refused");
        return new HostCheck(
                host,
                List.of(
                        new HostCheck.Try("tls 192.0.2.7:5082", 3, Optional.empty()),
                        new HostCheck.Try("ssh 192.0.2.7:5022", 1, Optional.of(away))),
                "It is a member");
    }

    @Override
    public void changeAddresses(HostId host, List<String> addresses, Actor actor)
            throws IOException {
        throw new RefusedException(
                Refusal.ADDRESS_FIXED, host + " is linked; asked for " + addresses.size());
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
