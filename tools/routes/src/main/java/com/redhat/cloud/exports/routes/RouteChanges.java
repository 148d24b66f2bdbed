package com.redhat.cloud.exports.routes;

import com.redhat.cloud.exports.routes.LiveRoutes.Exchanged;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changed route files that are in order, and logs what is wrong with the others. */
final class RouteChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RouteChanges.class);

    private final RouteCheck check;
    private final LiveRoutes live;
    private final ReloadMetrics metrics;

    /** The files whose routes run, by name. */
    private Map<String, RouteFile> running;

    /** Findings about the running files, without lines: no reason to refuse a change elsewhere. */
    private final Set<String> known;

    RouteChanges(RouteCheck check, LiveRoutes live, ReloadMetrics metrics, Map<String, RouteFile> running) {
        this.check = check;
        this.live = live;
        this.metrics = metrics;
        this.running = running;
        this.known = check.check(running.values()).stream()
                .map(RouteChanges::withoutLine)
                .collect(Collectors.toSet());
    }

    /**
     * Makes the service run these files. A file with a mistake is refused and the others are applied; if they only fail
     * together, none is.
     */
    void apply(Map<String, RouteFile> now) {
        Set<String> wanted = Stream.concat(now.keySet().stream(), running.keySet().stream())
                .filter(name -> !Objects.equals(now.get(name), running.get(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> refused = new TreeSet<>();
        while (!wanted.isEmpty()) {
            List<Finding> findings = newFindings(mixed(now, wanted));
            List<Finding> errors = findings.stream().filter(Finding::isError).toList();
            if (errors.isEmpty()) {
                findings.forEach(finding -> LOG.warn("{}", finding));
                if (!exchange(now, wanted)) {
                    refused.addAll(wanted);
                    wanted.clear();
                }
                break;
            }
            errors.forEach(error -> LOG.error("{}", error));
            Set<String> atFault = atFault(errors, now, wanted);
            refused.addAll(atFault);
            wanted.removeAll(atFault);
        }
        refused.forEach(name -> LOG.error(
                "the change of {} is refused; the routes before it keep running, but the next start would fail", name));
        metrics.record(wanted.size(), refused.size());
    }

    private boolean exchange(Map<String, RouteFile> now, Set<String> wanted) {
        Map<String, RouteFile> next = mixed(now, wanted);
        try {
            Exchanged exchanged = live.exchange(next);
            wanted.forEach(name -> logWhatWaits(running.get(name), next.get(name)));
            running = next;
            LOG.info(
                    "{}: applied{}{}",
                    String.join(", ", wanted),
                    list("; new or changed: ", exchanged.changed()),
                    list("; removed: ", exchanged.removed()));
            return true;
        } catch (Exception e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.error("{}: {}", String.join(", ", wanted), root.getMessage());
            LOG.debug("cannot exchange the routes", e);
            return false;
        }
    }

    private static void logWhatWaits(@Nullable RouteFile before, @Nullable RouteFile after) {
        String old = before == null ? "" : RouteTexts.readAtStart(before);
        if (after != null && !old.equals(RouteTexts.readAtStart(after))) {
            LOG.warn("{}: changes of rest and templates take effect at the next start", after.location());
        }
    }

    private static String list(String title, Set<String> names) {
        return names.isEmpty() ? "" : title + String.join(", ", names);
    }

    /** The running files, with the wanted ones as they are now. */
    private Map<String, RouteFile> mixed(Map<String, RouteFile> now, Set<String> wanted) {
        Map<String, RouteFile> files = new TreeMap<>(running);
        wanted.forEach(name -> {
            RouteFile file = now.get(name);
            if (file == null) {
                files.remove(name);
            } else {
                files.put(name, file);
            }
        });
        return files;
    }

    private List<Finding> newFindings(Map<String, RouteFile> files) {
        return check.check(files.values()).stream()
                .filter(finding -> !known.contains(withoutLine(finding)))
                .toList();
    }

    /** The changed files with errors; all changed files when the errors are elsewhere. */
    private static Set<String> atFault(List<Finding> errors, Map<String, RouteFile> now, Set<String> wanted) {
        Set<String> locations = errors.stream().map(Finding::file).collect(Collectors.toSet());
        Set<String> atFault = wanted.stream()
                .filter(name -> now.get(name) != null
                        && locations.contains(now.get(name).location()))
                .collect(Collectors.toSet());
        return atFault.isEmpty() ? Set.copyOf(wanted) : atFault;
    }

    private static String withoutLine(Finding finding) {
        return finding.file() + " " + finding.message();
    }
}
