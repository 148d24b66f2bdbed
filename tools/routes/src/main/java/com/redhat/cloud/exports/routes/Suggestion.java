package com.redhat.cloud.exports.routes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Suggests known names for an unknown one. */
final class Suggestion {

    private static final int MAX_NAMES = 12;

    private Suggestion() {}

    /** The known name with the smallest edit distance, or with the longest common start. */
    static Optional<String> closest(String name, Collection<String> known) {
        int tolerance = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= tolerance)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> known.stream()
                        .filter(candidate ->
                                commonStart(name, candidate) * 2 >= Math.max(name.length(), candidate.length()))
                        .max(Comparator.comparingInt((String candidate) -> commonStart(name, candidate))
                                .thenComparing(Comparator.reverseOrder())));
    }

    private static int commonStart(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /** The end of a message about an unknown name: {@code ; did you mean x?}, or the known names. */
    static String of(String name, Collection<String> known) {
        return closest(name, known)
                .map(found -> "; did you mean " + found + "?")
                .orElseGet(() -> known.isEmpty() ? "" : "; there " + list(known));
    }

    private static String list(Collection<String> known) {
        TreeSet<String> sorted = new TreeSet<>(known);
        String names = String.join(", ", sorted.stream().limit(MAX_NAMES).toList());
        String more = sorted.size() > MAX_NAMES ? " and %d more".formatted(sorted.size() - MAX_NAMES) : "";
        return (sorted.size() == 1 ? "is " : "are ") + names + more;
    }

    /** The edit distance, ignoring case: insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] strokes = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    strokes[i][j] = i + j;
                    continue;
                }
                int replaced = strokes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                strokes[i][j] = Math.min(replaced, 1 + Math.min(strokes[i - 1][j], strokes[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    strokes[i][j] = Math.min(strokes[i][j], strokes[i - 2][j - 2] + 1);
                }
            }
        }
        return strokes[a.length()][b.length()];
    }
}
