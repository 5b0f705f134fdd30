package org.bowline.shell.output;

/** Text that is safe to print: tamed first, then painted in colours of our own. */
public final class Painted {
    private final String shown;

    private Painted(String shown) {
        this.shown = shown;
    }

    /** Without colour. */
    static Painted plain(String text) {
        return new Painted(Tame.cell(text));
    }

    /**
     * @param colour what turns it on
     * @param end what turns it off again
     */
    static Painted of(String colour, String text, String end) {
        return new Painted(colour + Tame.cell(text) + end);
    }

    /** Of pieces that were tamed or painted already, with blanks between them. */
    static Painted joined(String pieces) {
        return new Painted(pieces);
    }

    @Override
    public String toString() {
        return shown;
    }
}
