package com.redhat.cloud.exports.download;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a source's data.
 *
 * @param rows as many cells each as there are columns, if the data is regular; null is JSON's null, or a key that the row
 *     does not have
 * @param truncated whether the data has more than is shown: rows, columns, or characters of a cell
 */
record Preview(List<String> columns, List<List<@Nullable String>> rows, boolean truncated) {

    static final int MAX_COLUMNS = 500;

    static final int MAX_CELL_LENGTH = 1000;

    /** Cuts what is too wide or too long. */
    static Preview of(List<String> columns, List<List<@Nullable String>> rows, boolean moreRows) {
        boolean cut = Stream.concat(Stream.of(columns), rows.stream()).anyMatch(Preview::isTooLarge);
        return new Preview(cut(columns), rows.stream().map(Preview::cut).toList(), moreRows || cut);
    }

    private static boolean isTooLarge(List<@Nullable String> cells) {
        return cells.size() > MAX_COLUMNS
                || cells.stream().filter(Objects::nonNull).anyMatch(cell -> cell.length() > MAX_CELL_LENGTH);
    }

    private static List<@Nullable String> cut(List<@Nullable String> cells) {
        return cells.stream().limit(MAX_COLUMNS).map(Preview::cut).toList();
    }

    /** Ends a long cell with an ellipsis, and never within a surrogate pair. */
    private static @Nullable String cut(@Nullable String cell) {
        if (cell == null || cell.length() <= MAX_CELL_LENGTH) {
            return cell;
        }
        int end = MAX_CELL_LENGTH - 1;
        return cell.substring(0, Character.isHighSurrogate(cell.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
