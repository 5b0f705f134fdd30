package org.bowline.peers.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bowline.peers.presence.Board.News;

/**
 * What is sent in one round. Most peers know the same already, so that what each must be told is
 * made once. For one thread.
 */
final class Outbox {
    private static final int FRAME = 64 << 10; // bytes, about

    /** What leads from one revision to another. */
    private record Batch(long upTo, List<byte[]> frames) {}

    private final Board board;
    private final WordCodec codec;
    private final boolean isBeat;
    private final Map<Long, Batch> batches = new HashMap<>(); // by the revision they start from

    /**
     * @param isBeat whether those for whom there is no news are told that too
     */
    Outbox(Board board, WordCodec codec, boolean isBeat) {
        this.board = board;
        this.codec = codec;
        this.isBeat = isBeat;
    }

    /** Whether that peer is to be told nothing in this round. */
    boolean isEmpty(Voice voice) {
        return !isBeat && batch(board.sentUpTo(voice)).frames().isEmpty();
    }

    /** The frames for that peer; from now on it counts as told. */
    List<byte[]> take(Voice voice) {
        long since = board.sentUpTo(voice);
        Batch batch = batch(since);
        board.sent(voice, since, batch.upTo());
        List<byte[]> frames = new ArrayList<>(batch.frames());
        if (isBeat && board.isFellow(voice.peer)) {
            frames.add(codec.encode(board.word(List.of(), board.fresh())));
        } else if (isBeat && frames.isEmpty()) {
            frames.add(codec.encode(board.word(List.of(), List.of())));
        }
        return frames;
    }

    private Batch batch(long since) {
        return batches.computeIfAbsent(since, this::make);
    }

    private Batch make(long since) {
        News news = board.news(since);
        List<byte[]> frames = new ArrayList<>();
        List<Word.Entry> some = new ArrayList<>();
        int size = 0;
        for (Word.Entry entry : news.entries()) {
            some.add(entry);
            size += entry.size();
            if (size >= FRAME) {
                frames.add(codec.encode(board.word(some, List.of())));
                some = new ArrayList<>();
                size = 0;
            }
        }
        if (!some.isEmpty()) {
            frames.add(codec.encode(board.word(some, List.of())));
        }
        return new Batch(news.upTo(), frames);
    }
}
