package com.redhat.cloud.exports.download;

import static java.util.Objects.requireNonNullElse;

import com.redhat.cloud.exports.download.Manifest.FailedFile;
import com.redhat.cloud.exports.download.Manifest.FileMeta;
import java.util.regex.Pattern;

/**
 * Renders the archive's {@code README.md}: {@code meta.json} for people.
 *
 * <p>Text from users and applications is put into code spans, where Markdown and HTML are inert: it can neither leave its
 * line nor become a heading, a link or an image.
 */
final class ManifestReadme {

    /** Characters that end or reorder a line. */
    private static final Pattern LINE_BREAKERS =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private ManifestReadme() {}

    /** Equal arguments give equal text. */
    static String render(Manifest manifest, ReadmeTexts texts) {
        var readme = new StringBuilder();
        readme.append("""
                # %s: your export

                - Exported by: %s
                - Organization: %s
                - Requested at: %s

                ## Files

                """.formatted(
                        texts.serviceName(),
                        code(manifest.exportedBy()),
                        code(manifest.exportOrgId()),
                        code(manifest.exportDate().toString())));
        if (manifest.fileMeta().isEmpty()) {
            readme.append("No file could be delivered.\n\n");
        }
        manifest.fileMeta().forEach(file -> readme.append(section(file)));
        if (!manifest.failedFiles().isEmpty()) {
            readme.append("""
                    ## Missing files

                    The applications that hold this data reported an error instead of delivering it.

                    """);
            manifest.failedFiles().forEach(file -> readme.append(section(file)));
        }
        readme.append("## Help\n\n").append(texts.help()).append('\n');
        if (!texts.links().isEmpty()) {
            readme.append('\n');
            texts.links().forEach(link -> readme.append("- [%s](<%s>)\n".formatted(link.label(), link.target())));
        }
        return readme.toString();
    }

    private static String section(FileMeta file) {
        return """
                ### %s

                - Application: %s
                - Resource: %s
                - Filters: %s
                - Size: %d bytes
                - SHA-256: %s

                """.formatted(
                        code(file.filename()),
                        code(file.application()),
                        code(file.resource()),
                        code(requireNonNullElse(file.filters(), "")),
                        file.size(),
                        code(file.sha256()));
    }

    private static String section(FailedFile file) {
        return """
                ### %s

                - Application: %s
                - Resource: %s
                - Error code: %d
                - Error message: %s

                """.formatted(
                        code(file.filename()),
                        code(file.application()),
                        code(file.resource()),
                        file.error().code(),
                        code(file.error().message()));
    }

    /** A CommonMark code span (section 6.1), which ends only at a run of backticks as long as the one that opened it. */
    private static String code(String text) {
        String line = LINE_BREAKERS.matcher(text).replaceAll(" ").strip();
        if (line.isEmpty()) {
            return "none";
        }
        int longestRun = BACKTICKS
                .matcher(line)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(longestRun + 1);
        // A backtick at the edge would lengthen the fence. Renderers strip one space from each end.
        String padding = longestRun > 0 ? " " : "";
        return fence + padding + line + padding + fence;
    }
}
