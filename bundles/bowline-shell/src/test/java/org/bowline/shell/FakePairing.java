package org.bowline.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkStatus;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Reason;
import org.bowline.api.pairing.TokenView;

/** A pairing that a test sets up and looks into. */
public final class FakePairing implements Pairing {
    /** The one token it makes. */
    public static final String TOKEN = "ZXhhbXBsZQ==";

    public static final HostId SELF = new HostId("a".repeat(HostId.LENGTH));
    public static final HostId OTHER = new HostId("b".repeat(HostId.LENGTH));

    public final List<String> acts = new ArrayList<>();
    public volatile boolean leading;
    public volatile List<HostRow> rows = List.of(row(SELF, "alpha", true, true));
    public volatile List<LinkPreview.Check> checks =
            List.of(new LinkPreview.Check("Same OS", "debian 12", Optional.empty()));
    public volatile Optional<LinkView.Operation> last = Optional.empty();
    public volatile boolean follower;
    public volatile Optional<Long> lost = Optional.empty();
    public volatile Optional<Reason> cannotTakeOver = Optional.empty();
    public volatile Optional<LeaderView.Challenge> challenge = Optional.empty();
    public volatile List<HostCheck.Try> tries = List.of();

    /** One healthy row. */
    public static HostRow row(HostId id, String name, boolean leader, boolean self) {
        return new HostRow(
                id,
                name,
                List.of("192.0.2." + (self ? 1 : 2)),
                5080,
                leader,
                Optional.empty(),
                HostRow.Status.READY,
                new HostRow.Cell("synced", 100, "", ""),
                new HostRow.Cell("healthy", 100, "", ""),
                "0.1.0",
                Optional.of(Instant.parse("2026-11-24T10:00:00Z")),
                self,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same row of a host that had that address before. */
    public static HostRow moved(HostRow row, String from) {
        return new HostRow(
                row.id(),
                row.name(),
                row.addresses(),
                row.uiPort(),
                row.leader(),
                row.role(),
                row.status(),
                row.content(),
                new HostRow.Cell("unhealthy", 100, "It moved", "Look at its network."),
                row.version(),
                row.lastContact(),
                row.self(),
                Optional.of(
                        new HostRow.Moved(
                                List.of(from),
                                row.addresses(),
                                Instant.parse("2026-11-24T09:00:00Z"))),
                Optional.empty(),
                Optional.of(new Reason(Refusal.HOST_REACHABLE, row.name() + " answers.")));
    }

    @Override
    public LeaderView leader() {
        Optional<TokenView> token =
                leading
                        ? Optional.of(
                                new TokenView(
                                        TOKEN,
                                        List.of("192.0.2.1"),
                                        Instant.parse("2026-11-24T10:02:00Z"),
                                        Duration.ofSeconds(99)))
                        : Optional.empty();
        return new LeaderView(
                leading,
                token,
                Optional.empty(),
                Optional.empty(),
                cannotTakeOver,
                challenge,
                List.of());
    }

    @Override
    public LeaderView startLeading(Actor actor) {
        acts.add("start by " + actor.name() + " in " + actor.face());
        leading = true;
        return leader();
    }

    @Override
    public LeaderView stopLeading(Actor actor) throws RefusedException {
        if (rows.size() > 1) {
            throw new RefusedException(Refusal.HAS_FOLLOWERS, "beta follows.");
        }
        acts.add("stop");
        leading = false;
        return leader();
    }

    @Override
    public LinkView link() {
        return new LinkView(
                follower,
                follower ? Optional.of(OTHER) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lost,
                last,
                last.stream().toList());
    }

    @Override
    public LinkPreview preview(String token) throws RefusedException {
        if (!TOKEN.equals(token)) {
            throw new RefusedException(
                    token.isEmpty() ? Refusal.TOKEN_EMPTY : Refusal.TOKEN_NOT_BASE64,
                    "It has " + token.length() + " characters.");
        }
        return new LinkPreview(
                OTHER,
                "beta",
                "192.0.2.2",
                "group-1",
                3,
                Duration.ofSeconds(90),
                checks,
                List.of("1 content bundle"),
                List.of("the name of 1 content bundle"));
    }

    @Override
    public LinkView.Operation link(String token, Actor actor) {
        acts.add("link");
        follower = true;
        LinkView.Operation done =
                new LinkView.Operation(
                        "op-1",
                        "beta",
                        LinkStatus.COMPLETED,
                        List.of(
                                new LinkView.Step(
                                        "Prove the token",
                                        LinkStatus.COMPLETED,
                                        Instant.parse("2026-11-24T10:01:00Z"))),
                        Optional.empty());
        last = Optional.of(done);
        return done;
    }

    @Override
    public void unlink(Actor actor) throws RefusedException {
        if (!follower) {
            throw new RefusedException(Refusal.NOT_FOLLOWER, "alpha stands alone.");
        }
        acts.add("unlink self");
        follower = false;
    }

    @Override
    public void unlink(HostId host, Actor actor) {
        acts.add("unlink " + host);
    }

    @Override
    public void forget(HostId host, Actor actor) {
        acts.add("forget " + host);
    }

    @Override
    public LeaderView takeOver(Actor actor) {
        acts.add("take over by " + actor.name());
        return leader();
    }

    @Override
    public LinkView yield(Actor actor) {
        acts.add("yield");
        return link();
    }

    @Override
    public Plan plan(Plan.Act act, Optional<HostId> host) {
        String name = rows.get(rows.size() - 1).name();
        return new Plan(
                act,
                List.of(new Plan.Change(name, "It hears of " + act + ".")),
                List.of("All content."),
                refusal(act, host));
    }

    private Optional<Reason> refusal(Plan.Act act, Optional<HostId> host) {
        return switch (act) {
            case UNLINK ->
                    host.isPresent() || follower
                            ? Optional.empty()
                            : Optional.of(new Reason(Refusal.NOT_FOLLOWER, "alpha stands alone."));
            case FORGET ->
                    rows.stream()
                            .filter(row -> host.filter(row.id()::equals).isPresent())
                            .findFirst()
                            .flatMap(HostRow::cannotForget);
            case TAKE_OVER -> cannotTakeOver;
            case YIELD ->
                    challenge.isPresent()
                            ? Optional.empty()
                            : Optional.of(new Reason(Refusal.NOT_CHALLENGED, "alpha leads."));
            case STOP_LEADING -> cannotStop();
        };
    }

    private Optional<Reason> cannotStop() {
        if (!leading) {
            return Optional.of(new Reason(Refusal.NOT_LEADING, "alpha does not lead."));
        }
        return rows.size() > 1
                ? Optional.of(new Reason(Refusal.HAS_FOLLOWERS, "beta follows."))
                : Optional.empty();
    }

    @Override
    public HostCheck check(HostId host) {
        return new HostCheck(host, tries, "It follows alpha.");
    }

    @Override
    public void changeAddresses(HostId host, List<String> addresses, Actor actor)
            throws RefusedException {
        throw new RefusedException(Refusal.ADDRESS_FIXED, "Nobody may.");
    }

    @Override
    public List<HostRow> hosts() {
        return rows;
    }

    @Override
    public Subscription watch(Runnable changed) {
        return () -> {};
    }
}
