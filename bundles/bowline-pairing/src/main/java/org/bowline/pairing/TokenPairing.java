package org.bowline.pairing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.Subscription;
import org.bowline.api.audit.Audit;
import org.bowline.api.group.FeedState;
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.pairing.HostCheck;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkParticipant;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
import org.bowline.api.pairing.Plan;
import org.bowline.api.pairing.Reason;
import org.bowline.api.peers.Peers;
import org.bowline.api.peers.Presence;
import org.bowline.api.peers.ProtocolHandler;
import org.bowline.api.transport.Channel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Pairing by tokens with a one-time password. Owns two threads: {@code bowline-pairing} keeps a
 * leader in order and never waits for other hosts, {@code bowline-unlink} tells others what they
 * have to know; a link runs on a third.
 */
@Component(
        service = {Pairing.class, ProtocolHandler.class},
        immediate = true)
public final class TokenPairing implements Pairing, ProtocolHandler {
    private final Ground ground;
    private final Wakes wakes = new Wakes();
    private final TokenText texts = new TokenText();
    private final Position position;
    private final MemberActs members;
    private final Leading leading;
    private final Leaving leaving;
    private final Joining joining;
    private final Succession succession;
    private final Asking asking;
    private final Describing describing;
    private final Plans plans;
    private final HostTable table;
    private final PairHandler handler;
    private final Rounds leaderRounds;
    private final Rounds followerRounds;

    /** Held by whatever changes where this host stands: one act at a time. */
    private final Object acts = new Object();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<LinkParticipant> participants = List.of();

    private volatile List<Subscription> watches = List.of();

    @Activate // wiring only
    public TokenPairing(
            @Reference Identity identity,
            @Reference Host host,
            @Reference Group group,
            @Reference Peers peers,
            @Reference Presence presence,
            @Reference Audit audit) {
        this(
                new Ground(
                        identity,
                        host,
                        group,
                        peers,
                        presence,
                        new Records(audit),
                        Clock.systemUTC(),
                        System::nanoTime));
    }

    TokenPairing(Ground ground) {
        this.ground = ground;
        TokenMint mint = new TokenMint(texts, ground.clock(), ground.nanos());
        LinkBook book = new LinkBook(ground.nanos(), this::changed);
        position = new Position(ground);
        Admission admission = new Admission(ground.group(), () -> participants);
        leading = new Leading(ground, position, mint, admission, book);
        leaving = new Leaving(ground, new Goodbyes(ground.host().data().resolve("pairing")));
        joining = new Joining(ground, leaving, () -> participants, wakes::wake);
        succession = new Succession(ground, leaving, wakes::wake);
        asking = new Asking(ground, leaving, succession);
        describing = new Describing(ground);
        table = new HostTable(ground, position);
        members = new MemberActs(ground, position, admission, book);
        plans = new Plans(ground, position);
        LeaderDesk desk = new LeaderDesk(ground, mint, admission, book);
        handler = new PairHandler(desk, admission, ground, book, succession);
        leaderRounds = new Rounds("bowline-pairing", this::leaderRound);
        followerRounds = new Rounds("bowline-unlink", this::followerRound);
    }

    @Activate
    void start() {
        leaderRounds.start();
        followerRounds.start();
        watches =
                List.of(ground.group().watch(this::changed), ground.presence().watch(this::heard));
    }

    @Deactivate
    void stop() {
        watches.forEach(Subscription::close);
        joining.close();
        leaderRounds.close();
        followerRounds.close();
    }

    private void changed() {
        leaderRounds.wake();
        followerRounds.wake();
        wakes.wake();
    }

    /** Somebody said something: pages want to know, and rounds only where they act on it. */
    private void heard() {
        wakes.wake();
        GroupView view = position.group();
        if (view.voter()) {
            leaderRounds.wake(); // it writes what hosts say of themselves
        }
        if (!view.voter() && view.feed() != FeedState.CONNECTED) {
            followerRounds.wake(); // it looks for who leads
        }
    }

    synchronized Duration leaderRound() {
        return Rounds.sooner(leading.round(wakes::wake), describing.round());
    }

    Duration followerRound() {
        return Rounds.sooner(
                Rounds.sooner(joining.round(), leaving.round()),
                Rounds.sooner(asking.round(), succession.round()));
    }

    @Override
    public LeaderView leader() {
        return leading.view(position.cannotLead().or(this::linkRunning), succession.following());
    }

    @Override
    public LeaderView startLeading(Actor actor) throws IOException {
        synchronized (acts) {
            if (!position.leads() || joining.isRunning()) {
                act(
                        actor,
                        "leader.start",
                        () -> {
                            refuseIf(linkRunning());
                            refuseIf(position.cannotLead());
                            leading.start(actor);
                        });
            }
        }
        return leader();
    }

    @Override
    public LeaderView stopLeading(Actor actor) throws IOException {
        synchronized (acts) {
            act(actor, "leader.stop", () -> leading.stop(actor));
        }
        return leader();
    }

    @Override
    public LeaderView takeOver(Actor actor) throws IOException {
        synchronized (acts) {
            act(
                    actor,
                    "leader.takeover",
                    () -> {
                        refuseIf(linkRunning());
                        refuseIf(position.cannotTakeOver());
                        ground.group().takeOver(actor);
                    });
            leading.inheritSoon(actor);
        }
        changed();
        return leader();
    }

    @Override
    public LinkView yield(Actor actor) throws IOException {
        synchronized (acts) {
            Takeover challenge =
                    position.challenge()
                            .orElseThrow(
                                    () ->
                                            new RefusedException(
                                                    Refusal.NOT_CHALLENGED,
                                                    "Nobody has taken this group over"));
            succession.follow(challenge, actor, "by " + actor.name());
        }
        changed();
        return link();
    }

    @Override
    public Plan plan(Plan.Act act, Optional<HostId> host) throws IOException {
        return plans.plan(act, host);
    }

    @Override
    public HostCheck check(HostId host) throws IOException {
        return new Checking(ground).check(host);
    }

    @Override
    public LinkView link() {
        return new LinkView(
                position.follows(),
                position.leader(),
                linkRunning().or(position::cannotLink),
                position.cannotUnlink(),
                position.group().leaderLost().map(Duration::toSeconds),
                joining.last(),
                joining.operations());
    }

    @Override
    public LinkPreview preview(String token) throws IOException {
        Token read = read(token);
        refuseIf(linkRunning().or(position::cannotLink));
        return joining.preview(read);
    }

    @Override
    public LinkView.Operation link(String token, Actor actor) throws IOException {
        LinkView.Operation operation;
        try {
            Token read = read(token);
            synchronized (acts) {
                refuseIf(linkRunning().or(position::cannotLink));
                describing.say(); // what it says must not be older than what it links with
                operation = joining.start(read, actor);
            }
        } catch (RefusedException e) {
            ground.records().ended(actor, "link.join", "", e);
            throw e;
        }
        changed();
        return operation;
    }

    @Override
    public void unlink(Actor actor) throws IOException {
        synchronized (acts) {
            act(
                    actor,
                    "link.unlink",
                    () -> {
                        refuseIf(linkRunning());
                        leaving.unlink(actor);
                    });
        }
    }

    @Override
    public void unlink(HostId follower, Actor actor) throws IOException {
        members.unlink(follower, actor);
        changed();
    }

    @Override
    public void forget(HostId follower, Actor actor) throws IOException {
        members.forget(follower, actor);
        changed();
    }

    @Override
    public void changeAddresses(HostId host, List<String> addresses, Actor actor)
            throws IOException {
        members.changeAddresses(host, addresses, actor);
    }

    @Override
    public List<HostRow> hosts() {
        return table.rows();
    }

    @Override
    public Subscription watch(Runnable changed) {
        return wakes.watch(changed);
    }

    @Override
    public String protocol() {
        return PairHandler.PROTOCOL;
    }

    @Override
    public void handle(Channel channel) throws IOException {
        handler.handle(channel);
    }

    /** Something that is done or refused. */
    private interface Deed {
        void run() throws IOException;
    }

    private void act(Actor actor, String act, Deed deed) throws IOException {
        ground.records()
                .during(
                        actor,
                        act,
                        ground.self().value(),
                        "",
                        () -> {
                            deed.run();
                            return true;
                        });
        changed();
    }

    private Token read(String text) throws RefusedException {
        Token token = texts.read(text);
        if (token.issuer().equals(ground.self())) {
            throw new RefusedException(
                    Refusal.TOKEN_OWN, ground.host().facts().name() + " made this token itself");
        }
        return token;
    }

    private Optional<Reason> linkRunning() {
        return joining.isRunning()
                ? Optional.of(
                        new Reason(Refusal.LINK_IN_PROGRESS, "This host is being linked just now"))
                : Optional.empty();
    }

    private static void refuseIf(Optional<Reason> reason) throws RefusedException {
        if (reason.isPresent()) {
            throw new RefusedException(reason.get().refusal(), reason.get().detail());
        }
    }
}
