package org.bowline.pairing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bowline.api.Refusal;
import org.bowline.api.RefusedException;
import org.bowline.api.group.Group;
import org.bowline.api.group.Standing;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;

/** Answers other hosts on {@code pair/1}, the one protocol that strangers may open. */
final class PairHandler {
    static final String PROTOCOL = "pair/1";

    /** Exchanges at once, of hosts that have said something; a further one is told to try again. */
    private static final int MOST = 32;

    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(MOST);
    private final LeaderDesk desk;
    private final Admission admission;
    private final Group group;
    private final LinkBook book;
    private final Succession succession;
    private final Records records;

    PairHandler(
            LeaderDesk desk,
            Admission admission,
            Ground ground,
            LinkBook book,
            Succession succession) {
        this.desk = desk;
        this.admission = admission;
        this.group = ground.group();
        this.book = book;
        this.succession = succession;
        this.records = ground.records();
    }

    void handle(Channel channel) throws IOException {
        try (PairStream stream = new PairStream(channel)) {
            Words.Envelope first = stream.receiveFirst();
            if (!gotPlace()) {
                stream.refuse(
                        new RefusedException(
                                Refusal.PAIRING_THROTTLED, MOST + " exchanges are under way"));
                return;
            }
            try {
                answer(stream, first);
            } finally {
                places.release();
            }
        }
    }

    private boolean gotPlace() {
        try {
            return places.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void answer(PairStream stream, Words.Envelope first) throws IOException {
        try {
            switch (first.kind()) {
                case "hello" -> desk.serve(stream, first);
                case "confirm" -> confirm(stream, stream.body(first, Words.Member.class));
                case "leave" -> leave(stream, stream.body(first, Words.Member.class));
                case "standing" -> {
                    Words.Ask ask = stream.body(first, Words.Ask.class);
                    if (ask.group() == null) {
                        throw new IOException("standing without a group");
                    }
                    stream.send("stands", group.standing(stream.channel().peer(), ask.group()));
                }
                case "takeover" -> takeover(stream, stream.body(first, Words.Shown.class));
                default -> throw new IOException("unknown word " + first.kind());
            }
        } catch (RefusedException e) {
            stream.refuse(e);
        }
    }

    private void confirm(PairStream stream, Words.Member member) throws IOException {
        HostId peer = stream.channel().peer();
        requireOurs(member.group());
        if (admission.confirm(peer, member.link())) {
            records.done(Records.actor(peer), "link.confirmed", peer.value(), "It is linked");
        }
        book.completed(peer);
        done(stream);
    }

    private void takeover(PairStream stream, Words.Shown shown) throws IOException {
        if (shown.takeover() == null) {
            throw new IOException("takeover of nothing");
        }
        succession.consider(shown.takeover(), stream.channel().peer());
        done(stream);
    }

    /** Also from a group that this one has taken over: who left it meanwhile is to be free here. */
    private void leave(PairStream stream, Words.Member member) throws IOException {
        HostId peer = stream.channel().peer();
        boolean takenOver =
                member.group() != null
                        && group.standing(peer, member.group()).state() == Standing.State.RETIRED;
        if (!takenOver) {
            requireOurs(member.group());
        }
        if (!group.view().voter()) {
            throw new RefusedException(Refusal.USE_THE_LEADER, "This host decides nothing here");
        }
        if (group.view().member(peer).isPresent()) {
            records.during(
                    Records.actor(peer),
                    "link.left",
                    peer.value(),
                    "It has unlinked itself",
                    () -> {
                        admission.expel(peer, member.link(), Records.actor(peer));
                        return true;
                    });
            book.gone(peer);
        }
        done(stream);
    }

    private void requireOurs(String groupId) throws RefusedException {
        if (!group.view().id().equals(groupId)) {
            throw new RefusedException(
                    Refusal.HOST_UNKNOWN, "This host is not in group " + groupId);
        }
    }

    private void done(PairStream stream) throws IOException {
        stream.send("done", new Words.Done(group.view().self()));
    }
}
