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
import org.bowline.api.group.Group;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.identity.Host;
import org.bowline.api.identity.HostId;
import org.bowline.api.identity.Identity;
import org.bowline.api.pairing.HostRow;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.LinkParticipant;
import org.bowline.api.pairing.LinkPreview;
import org.bowline.api.pairing.LinkView;
import org.bowline.api.pairing.Pairing;
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
    private final Presence presence;
    private final Wakes wakes = new Wakes();
    private final TokenText texts = new TokenText();
    private final Position position;
    private final Admission admission;
    private final Leading leading;
    private final Leaving leaving;
    private final Joining joining;
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
            @Reference Presence presence) {
        this(
                new Ground(identity, host, group, peers, Clock.systemUTC(), System::nanoTime),
                presence);
    }

    TokenPairing(Ground ground, Presence presence) {
        this.ground = ground;
        this.presence = presence;
        TokenMint mint = new TokenMint(texts, ground.clock(), ground.nanos());
        LinkBook book = new LinkBook(ground.nanos(), this::changed);
        position = new Position(ground);
        admission = new Admission(ground.group(), () -> participants);
        leading = new Leading(ground, position, mint, admission, book);
        leaving = new Leaving(ground, new Goodbyes(ground.host().data().resolve("pairing")));
        joining = new Joining(ground, leaving, () -> participants, wakes::wake);
        table = new HostTable(ground, presence, position);
        handler =
                new PairHandler(
                        new LeaderDesk(ground, mint, admission, book),
                        admission,
                        ground.group(),
                        book);
        leaderRounds = new Rounds("bowline-pairing", this::leaderRound);
        followerRounds = new Rounds("bowline-unlink", this::followerRound);
    }

    @Activate
    void start() {
        leaderRounds.start();
        followerRounds.start();
        watches = List.of(ground.group().watch(this::changed), presence.watch(wakes::wake));
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

    Duration leaderRound() {
        return leading.round(wakes::wake);
    }

    Duration followerRound() {
        Duration confirm = joining.round();
        Duration leave = leaving.round();
        return confirm.compareTo(leave) < 0 ? confirm : leave;
    }

    @Override
    public LeaderView leader() {
        return leading.view(position.cannotLead().or(this::linkRunning));
    }

    @Override
    public LeaderView startLeading(Actor actor) throws IOException {
        synchronized (acts) {
            refuseIf(linkRunning());
            if (!position.leads()) {
                refuseIf(position.cannotLead());
                leading.start(actor);
            }
        }
        changed();
        return leader();
    }

    @Override
    public LeaderView stopLeading(Actor actor) throws IOException {
        synchronized (acts) {
            leading.stop(actor);
        }
        changed();
        return leader();
    }

    @Override
    public LinkView link() {
        return new LinkView(
                position.follows(),
                position.leader(),
                linkRunning().or(position::cannotLink),
                position.cannotUnlink(),
                joining.last());
    }

    @Override
    public LinkPreview preview(String token) throws IOException {
        Token read = read(token);
        refuseIf(linkRunning().or(position::cannotLink));
        return joining.preview(read);
    }

    @Override
    public LinkView.Operation link(String token, Actor actor) throws IOException {
        Token read = read(token);
        LinkView.Operation operation;
        synchronized (acts) {
            refuseIf(linkRunning().or(position::cannotLink));
            operation = joining.start(read, actor);
        }
        changed();
        return operation;
    }

    @Override
    public void unlink(Actor actor) throws IOException {
        synchronized (acts) {
            refuseIf(linkRunning());
            leaving.unlink(actor);
        }
        changed();
    }

    @Override
    public void unlink(HostId follower, Actor actor) throws IOException {
        GroupView view = ground.group().view();
        if (!view.voter()) {
            throw new RefusedException(
                    Refusal.USE_THE_LEADER, "Unlink it on the leader, or on the host itself");
        }
        Member member =
                view.member(follower)
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.HOST_UNKNOWN, follower + " is no member"));
        admission.expel(follower, member.link(), actor);
        changed();
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
