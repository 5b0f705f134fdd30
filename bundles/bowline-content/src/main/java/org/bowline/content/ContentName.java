package org.bowline.content;

/** What content may be called. A name is shown, never used as a path. */
public final class ContentName {
    private static final int LONGEST = 200; // characters

    private ContentName() {}

    /** 1 to 200 printable characters, not all blank, without a slash. */
    public static boolean isValid(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST
                && name.indexOf('/') < 0
                && name.codePoints().allMatch(ContentName::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
