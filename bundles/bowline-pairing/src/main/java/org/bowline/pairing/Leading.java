package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bowline.api.Actor;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Change;
import org.bowline.api.group.Commit;
import org.bowline.api.group.Entry;
import org.bowline.api.group.GroupView;
import org.bowline.api.group.Member;
import org.bowline.api.group.Precondition;
import org.bowline.api.group.Slice;
import org.bowline.api.group.Takeover;
import org.bowline.api.identity.Endpoint;
import org.bowline.api.identity.HostId;
import org.bowline.api.pairing.LeaderView;
import org.bowline.api.pairing.Reason;
import org.bowline.api.pairing.TokenView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host as a leader: begins and ends it, keeps a live token in sight, and takes hosts out again
 * that were admitted and never confirmed. Whether it leads stands in the group's log, so it leads
 * again after a restart.
 */
final class Leading {
    /** How long an admitted host has to confirm. */
    static final Duration TO_CONFIRM = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Leading.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    private record Waiting(HostId host, long revision) {}

    private final Ground ground;
    private final Position position;
    private final TokenMint mint;
    private final Admission admission;
    private final LinkBook book;
    private final Slice<LinkFact> facts;

    /** Since when this process knows of hosts that have not confirmed; used by the rounds alone. */
    private final Map<Waiting, Long> waiting = new HashMap<>();

    private String shownLast = ""; // likewise

    Leading(Ground ground, Position position, TokenMint mint, Admission admission, LinkBook book) {
        this.ground = ground;
        this.position = position;
        this.mint = mint;
        this.admission = admission;
        this.book = book;
        this.facts = ground.group().slice(LinkFact.SLICE, LinkFact.class);
    }

    LeaderView view(Optional<Reason> cannotStart, int following) {
        boolean leads = position.leads();
        boolean mints = leads && position.challenge().isEmpty();
        return new LeaderView(
                leads,
                mints ? Optional.of(shown(mint.current(this::blank))) : Optional.empty(),
                cannotStart,
                position.cannotStop(),
                position.cannotTakeOver(),
                position.challenge().map(challenge -> challenge(challenge, following)),
                leads ? book.lines() : List.of());
    }

    private LeaderView.Challenge challenge(Takeover challenge, int following) {
        GroupView view = position.group();
        Optional<Member> by = view.member(challenge.by());
        return new LeaderView.Challenge(
                challenge.by(),
                by.map(member -> member.facts().name()).orElse(challenge.by().value()),
                by.flatMap(member -> member.facts().endpoints().stream().findFirst())
                        .map(Endpoint::ip)
                        .orElse(""),
                challenge.generation(),
                following,
                view.members().size() - 1);
    }

    /** Precondition: nobody made this host a leader meanwhile. */
    void start(Actor actor) throws IOException {
        String key = LinkFact.leader(ground.self());
        Change put = facts.put(key, new LinkFact(ground.self()));
        try {
            ground.group().commit(new Commit(List.of(put), List.of(facts.absent(key)), actor));
            LOG.info("This host leads now and generates tokens, by {}", actor.name());
        } catch (RefusedException e) {
            if (e.refusal() != Refusal.STALE_REVISION || !position.leads()) {
                throw e;
            }
        }
    }

    /**
     * Precondition: this host leads with the entry that was read, which every admission rewrites.
     */
    void stop(Actor actor) throws IOException {
        Entry<LinkFact> leading =
                position.leading()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Refusal.NOT_LEADING, "It generates no tokens"));
        Optional<Reason> cannot = position.cannotStop();
        if (cannot.isPresent()) {
            throw new RefusedException(cannot.get().refusal(), cannot.get().detail());
        }
        String key = LinkFact.leader(ground.self());
        ground.group()
                .commit(
                        new Commit(
                                List.of(facts.remove(key)),
                                List.of(facts.unchanged(key, leading)),
                                actor));
        mint.stop();
        LOG.info("This host leads no more, by {}; its token is dead", actor.name());
    }

    /**
     * Leads in the place of those who do not decide here any more: after a takeover.
     *
     * <p>Preconditions: their entries, as they were read.
     */
    private void inherit(Actor actor) throws IOException {
        GroupView view = ground.group().view();
        String own = LinkFact.leader(ground.self());
        List<Change> changes = new ArrayList<>();
        List<Precondition> preconditions = new ArrayList<>();
        facts.all()
                .forEach(
                        (key, entry) -> {
                            boolean lost = !view.voters().contains(entry.value().host());
                            if (key.startsWith(LinkFact.LEADER) && lost) {
                                changes.add(facts.remove(key));
                                preconditions.add(facts.unchanged(key, entry));
                            }
                        });
        if (!changes.isEmpty()) {
            changes.add(facts.put(own, new LinkFact(ground.self())));
            try {
                ground.group().commit(new Commit(changes, preconditions, actor));
            } catch (RefusedException e) {
                if (e.refusal() != Refusal.STALE_REVISION || !position.leads()) {
                    throw e; // else a round was first
                }
            }
        }
    }

    /** Likewise; if it cannot be now, a round does it. */
    void inheritSoon(Actor actor) {
        boolean decidesAlone = ground.group().view().voters().equals(Set.of(ground.self()));
        if (decidesAlone && position.challenge().isEmpty()) {
            try {
                inherit(actor);
            } catch (IOException e) {
                LOG.debug("This host leads a little later", e);
            }
        }
    }

    /**
     * One round of what a leader keeps in order; answers the time until the next is due.
     *
     * @param renewed called if another token stands there than in the last round
     */
    Duration round(Runnable renewed) {
        inheritSoon(Actor.SYSTEM); // the agent may have been stopped while it took over
        if (!position.leads() || position.challenge().isPresent()) {
            mint.stop();
            waiting.clear();
            return Rounds.IDLE;
        }
        TokenMint.Minted minted = mint.current(this::blank);
        if (!minted.token().id().equals(shownLast)) {
            shownLast = minted.token().id();
            renewed.run();
        }
        Duration untilExpiry = mint.left(minted);
        Duration untilLate = expelTheLate();
        return Rounds.sooner(untilExpiry, untilLate);
    }

    private Duration expelTheLate() {
        long now = ground.nanos().getAsLong();
        Map<Waiting, Long> seen = new HashMap<>();
        facts.all()
                .forEach(
                        (key, entry) -> {
                            if (key.startsWith(LinkFact.JOINING)) {
                                Waiting one = new Waiting(entry.value().host(), entry.revision());
                                seen.put(one, waiting.getOrDefault(one, now));
                            }
                        });
        waiting.clear();
        waiting.putAll(seen);
        Duration next = Rounds.IDLE;
        for (Map.Entry<Waiting, Long> one : seen.entrySet()) {
            Duration left = TO_CONFIRM.minusNanos(now - one.getValue());
            if (left.isNegative() || left.isZero()) {
                left = expel(one.getKey());
            }
            next = Rounds.sooner(left, next);
        }
        return next;
    }

    private Duration expel(Waiting late) {
        GroupView view = ground.group().view();
        long link = view.member(late.host()).map(member -> member.link()).orElse(0L);
        try {
            admission.expel(late.host(), link, Actor.SYSTEM);
            String detail = "It did not confirm within " + TO_CONFIRM.toSeconds() + " s";
            book.failed(late.host(), new RefusedException(Refusal.PAIRING_INTERRUPTED, detail));
            LOG.info("{} never confirmed its link and was taken out again", late.host());
            return Rounds.IDLE;
        } catch (IOException e) {
            LOG.warn(
                    "{} never confirmed and cannot be taken out now; trying again in {} s: {}",
                    late.host(),
                    SOON.toSeconds(),
                    e.getMessage());
            return SOON;
        }
    }

    private TokenView shown(TokenMint.Minted minted) {
        Duration left = mint.left(minted);
        return new TokenView(
                minted.text(),
                minted.token().addresses(),
                ground.clock().instant().plus(left),
                left);
    }

    /** What a new token is made of; the mint adds id and one-time password. */
    private Token blank() {
        List<Endpoint> endpoints = ground.host().facts().endpoints();
        Map<String, Integer> ports = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> ports.putIfAbsent(endpoint.transport(), endpoint.port()));
        return new Token(
                endpoints.stream().map(Endpoint::ip).distinct().limit(4).toList(),
                ports,
                ground.group().view().id(),
                "",
                ground.self(),
                new byte[0]);
    }
}
