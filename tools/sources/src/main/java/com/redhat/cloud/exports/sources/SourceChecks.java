package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.redhat.cloud.exports.sources.SourceCheck.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requirements of a source application, in the order of the tests. */
final class SourceChecks implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The most requests for one source: the result, an error, and one of them again. */
    private static final int STORM = 4;

    private final SourceDescription source;
    private final InternalApiStandIn service;
    private final RequestSender sender;
    private final String preSharedKey;
    private final Duration queueTimeout;
    private final Consumer<Finding> out;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable AutoCloseable running;

    SourceChecks(
            SourceDescription source,
            InternalApiStandIn service,
            RequestSender sender,
            String preSharedKey,
            Duration queueTimeout,
            Consumer<Finding> out) {
        this.source = source;
        this.service = service;
        this.sender = sender;
        this.preSharedKey = preSharedKey;
        this.queueTimeout = queueTimeout;
        this.out = out;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Sends a new request every two seconds, since a source may read only later events than its start. */
    boolean answersAtAll(Callable<AutoCloseable> start, Duration limit) throws Exception {
        running = start.call();
        List<ExportRequest> asked = new ArrayList<>();
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end
                && asked.stream().noneMatch(each -> !requests(each).isEmpty())) {
            var request = request("json");
            sender.send(request);
            asked.add(request);
            await(Duration.ofSeconds(2), () -> !requests(request).isEmpty());
        }
        var answered = asked.stream().anyMatch(each -> !requests(each).isEmpty());
        say("It answers", answered ? Optional.empty() : Optional.of(noAnswer(limit)));
        return answered;
    }

    void whileItRuns() throws IOException, InterruptedException {
        var silent = sendWhatIsNoRequest();
        var incomplete = sendWhatIsIncomplete();
        formats();
        filters();
        unknownFields();
        refusals();
        redelivery();
        trouble();
        var last = request("csv");
        sender.send(last);
        say("It goes on after all of that", data(last));
        silent.forEach((what, ids) -> say("It says nothing to " + what, nothing(ids)));
        incomplete.forEach((what, request) -> say("It uploads nothing for a request " + what, noData(request)));
        var strays = service.strays();
        say(
                "It calls nothing but upload and error",
                strays.isEmpty()
                        ? Optional.empty()
                        : Optional.of("it called " + strays.getFirst().path()));
    }

    private void formats() {
        var json = request("json");
        var second = json.another(json.resource(), "csv");
        sender.send(json);
        sender.send(second);
        say("A request for JSON is answered with JSON", data(json));
        say("Two sources of one export are answered one by one, the other one with CSV", data(second));
        var flatJson = request("json");
        var flatCsv = request("csv");
        sender.send(flatJson.application(), flatJson.flatEvent());
        sender.send(flatCsv.application(), flatCsv.flatEvent());
        say("The flat shape of the event is understood, for JSON", data(flatJson));
        say("The flat shape of the event is understood, for CSV", data(flatCsv));
    }

    private void filters() {
        var empty = request("json").with(JSON.createObjectNode());
        var none = request("json").with(JSON.nullNode());
        sender.send(empty);
        sender.send(none);
        say("Filters that are an empty object are none", data(empty));
        say("Filters that are null are none", data(none));
        source.filters().ifPresent(filters -> {
            var filtered = request("csv").with(filters);
            sender.send(filtered);
            say("Filters that it has are applied", data(filtered));
        });
        var odd = JSON.createObjectNode();
        odd.putObject("no-such-filter ' \" \\ \u20ac").putArray("deep").add(1).addNull();
        var unknown = request("csv").with(odd);
        sender.send(unknown);
        say("A filter that it does not have is refused, not ignored", refusal(unknown));
    }

    private void unknownFields() {
        var request = request("json");
        var event = request.event().put("extra", 1);
        ((ObjectNode) event.path("data")).putObject("another");
        ((ObjectNode) event.at("/data/resource_request")).putArray("more").add("x");
        sender.send(request.application(), event);
        say("Fields that it does not know are ignored", data(request));
        var plain = request("csv");
        var steered = request("csv");
        sender.send(plain);
        sender.send(
                steered.application(),
                steered.event().toString(),
                Map.of("CamelSqlQuery", "SELECT 1", "CamelHttpUri", "http://localhost:1", "CamelFileName", "x"));
        say(
                "Headers that it does not know are ignored",
                data(steered).or(() -> data(plain)).or(() -> sameBody(plain, steered)));
    }

    private void refusals() {
        var resource = request("json").another("no-such-resource", "json");
        sender.send(resource);
        say("A resource that it does not have is refused", refusal(resource));
    }

    private void redelivery() {
        var request = request("csv");
        var event = request.event();
        sender.send(request.application(), event);
        say("A request for CSV is answered with CSV", data(request));
        sender.send(request.application(), event);
        sender.send(request.application(), event);
        answerEverythingBefore();
        var all = requests(request);
        say(
                "A request that comes again is answered once, or the same way",
                all.stream().anyMatch(each -> !each.sameAs(all.getFirst()))
                        ? Optional.of("its %d answers differ".formatted(all.size()))
                        : Optional.empty());
    }

    private void trouble() throws IOException, InterruptedException {
        var unavailable = request("csv");
        service.answer(unavailable.source(), 503, 503);
        sender.send(unavailable);
        say("An answer that gets 503 is sent again", data(unavailable));
        say("An answer that is sent again is the same, and whole", same(requests(unavailable)));

        var over = new TreeMap<>(
                Map.of(401, request("json"), 404, request("json"), 410, request("json"), 422, request("csv")));
        over.forEach((status, request) -> {
            service.answer(request.source(), status == 422 ? new int[] {status} : repeat(status));
            sender.send(request);
        });
        var invalid = over.get(422);
        say("Data that is not accepted becomes an error report", refusal(invalid));
        over.forEach((status, request) ->
                await(queueTimeout, () -> !requests(request).isEmpty()));
        answerEverythingBefore();

        service.goAway();
        var refused = request("json");
        sender.send(refused);
        TimeUnit.SECONDS.sleep(2);
        service.comeBack();
        say("An answer that cannot be delivered is sent when the service is there again", data(refused));
        over.forEach((status, request) -> say(
                "An answer that gets %d is not sent again and again".formatted(status), noStorm(requests(request))));
    }

    /** Its data is unreachable: it is restarted, and resumes where it was. */
    void withoutItsData(Callable<AutoCloseable> start) throws Exception {
        close(running);
        int before = service.requests();
        running = start.call();
        var request = request("json");
        sender.send(request);
        say("When its data is out of reach it reports an error, with a code and a sentence", refusal(request));
        int again = service.requests() - before - requests(request).size();
        say(
                "After a restart it does not begin again",
                again == 0 ? Optional.empty() : Optional.of("it sent %d answers of before".formatted(again)));
    }

    /** Later events of the same partition get later results. */
    private void answerEverythingBefore() {
        var later = request("json");
        sender.send(later);
        await(queueTimeout, () -> service.acceptedOf(later.source()).isPresent());
    }

    private Map<String, List<UUID>> sendWhatIsNoRequest() {
        var ours = source.application();
        var header = request("json");
        sender.send("no-such-application", header.event());
        var body = new ExportRequest(
                UUID.randomUUID(), UUID.randomUUID(), "no-such-application", "r", "json", source.organisation(), null);
        sender.send(ours, body.event());
        var type = request("json");
        sender.send(ours, type.event().put("type", "com.redhat.console.export-service.other"));
        for (var garbage : new String[] {"not JSON", "[]", "{}", "7", "null", "\u0000", "{\"data\":7}", "", null}) {
            sender.send(ours, garbage);
        }
        var path = request("json");
        sender.send(ours, path.event().toString().replace(path.source().toString(), "../../elsewhere"));
        return new TreeMap<>(Map.of(
                "a request for another application",
                List.of(header.source(), body.source()),
                "an event of another type",
                List.of(type.source())));
    }

    private Map<String, ExportRequest> sendWhatIsIncomplete() {
        Map<String, ExportRequest> sent = new TreeMap<>();
        var organisation = request("json");
        var event = organisation.event();
        event.remove("redhatorgid");
        sender.send(organisation.application(), event);
        sent.put("without an organisation", organisation);
        for (var field : List.of("format", "resource", "application")) {
            var request = request("json");
            var incomplete = request.event();
            ((ObjectNode) incomplete.at("/data/resource_request")).remove(field);
            sender.send(request.application(), incomplete);
            sent.put("without '" + field + "'", request);
        }
        var list = request("json").with(JSON.createArrayNode().add(1));
        sender.send(list);
        sent.put("whose filters are a list", list);
        var format = request("pdf");
        sender.send(format);
        sent.put("for a format that does not exist", format);
        return sent;
    }

    private ExportRequest request(String format) {
        return ExportRequest.of(source.application(), source.resource(), format, source.organisation());
    }

    private List<InternalApiStandIn.Request> requests(ExportRequest request) {
        return service.requestsOf(request.source());
    }

    private Optional<String> data(ExportRequest request) {
        return judged(request, answer -> AnswerRules.data(answer, request, preSharedKey));
    }

    private Optional<String> refusal(ExportRequest request) {
        return judged(request, answer -> AnswerRules.refusal(answer, request, preSharedKey));
    }

    private Optional<String> judged(
            ExportRequest request, Function<InternalApiStandIn.Request, Optional<String>> rule) {
        await(queueTimeout, () -> service.acceptedOf(request.source()).isPresent());
        var all = requests(request);
        if (all.isEmpty()) {
            return Optional.of(noAnswer(queueTimeout));
        }
        return rule.apply(service.acceptedOf(request.source()).orElse(all.getLast()));
    }

    private static String noAnswer(Duration limit) {
        return "there is no answer within %d s".formatted(limit.toSeconds());
    }

    private Optional<String> nothing(List<UUID> ids) {
        return ids.stream()
                .flatMap(id -> service.requestsOf(id).stream())
                .findFirst()
                .map(request -> "it called " + request.path());
    }

    private Optional<String> noData(ExportRequest request) {
        return requests(request).stream()
                .filter(each -> each.action().equals("upload"))
                .findFirst()
                .map(each -> "it uploaded %d bytes".formatted(each.body().length));
    }

    private Optional<String> sameBody(ExportRequest one, ExportRequest other) {
        return requests(one).getLast().sameAs(requests(other).getLast())
                ? Optional.empty()
                : Optional.of("the answer is another one than without them");
    }

    private static Optional<String> same(List<InternalApiStandIn.Request> attempts) {
        return attempts.size() == 3 && attempts.stream().allMatch(each -> each.sameAs(attempts.getFirst()))
                ? Optional.empty()
                : Optional.of("%d attempts, of %s bytes"
                        .formatted(
                                attempts.size(),
                                attempts.stream()
                                        .map(each -> each.body().length)
                                        .toList()));
    }

    private static Optional<String> noStorm(List<InternalApiStandIn.Request> attempts) {
        return attempts.size() < STORM
                ? Optional.empty()
                : Optional.of("it was sent %d times".formatted(attempts.size()));
    }

    private static int[] repeat(int status) {
        var statuses = new int[1000];
        Arrays.fill(statuses, status);
        return statuses;
    }

    private static void await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void say(String sentence, Optional<String> failure) {
        var finding = new Finding(sentence, failure.orElse(""));
        findings.add(finding);
        out.accept(finding);
    }

    private static void close(@Nullable AutoCloseable closeable) throws Exception {
        if (closeable != null) {
            closeable.close();
        }
    }

    @Override
    public void close() throws Exception {
        close(running);
        sender.close();
    }
}
