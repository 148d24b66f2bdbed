package com.redhat.cloud.exports.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Data of a source application: host records, the same in every run, that deflate by about five to one as such data does.
 * It repeats one block, far larger than deflate's window, so that sending it costs no CPU.
 *
 * @param format {@code json} or {@code csv}
 * @param times how often the block is repeated
 */
record Content(String format, byte[] head, byte[] block, int times, byte[] tail) {

    private static final int BLOCK_RECORDS = 8_000;
    private static final String JSON_RECORD =
            "{\"id\":\"%s\",\"hostname\":\"%s\",\"os\":\"RHEL %d.%d\",\"last_seen\":\"2024-%02d-%02dT%02d:%02d:%02dZ\",\"tags\":[\"%s\",\"%s\"],\"cores\":%d,\"stale\":%b,\"reporter\":\"puptoo\",\"system_profile\":{\"arch\":\"x86_64\",\"infrastructure_type\":\"virtual\",\"bios_vendor\":\"SeaBIOS\",\"kernel_modules\":[\"xfs\",\"ext4\"]}}";
    private static final String CSV_RECORD =
            "%s,%s,\"RHEL %d.%d\",2024-%02d-%02dT%02d:%02d:%02dZ,\"%s,%s\",%d,%b,puptoo,x86_64,virtual,SeaBIOS,\"xfs,ext4\",https://console.example.com/inventory/hosts,Red Hat Enterprise Linux";
    private static final String[] WORDS = {"prod", "stage", "web", "database", "edge", "eu-west", "us-east", "batch"};

    /** @param megabytes size, up to the next whole block */
    static Content ofMegabytes(String format, int megabytes) {
        var json = format.equals("json");
        var block = records(json ? JSON_RECORD : CSV_RECORD, json ? ",\n" : "\r\n", BLOCK_RECORDS);
        return of(format, block, Math.ceilDiv(megabytes * 1_000_000, block.length));
    }

    /** About this many bytes. */
    static Content ofBytes(String format, int bytes) {
        var json = format.equals("json");
        var one = records(json ? JSON_RECORD : CSV_RECORD, json ? ",\n" : "\r\n", 1).length;
        return of(format, records(json ? JSON_RECORD : CSV_RECORD, json ? ",\n" : "\r\n", bytes / one), 1);
    }

    /** These bytes. */
    static Content of(byte[] bytes) {
        return new Content("", new byte[0], bytes, 1, new byte[0]);
    }

    private static Content of(String format, byte[] block, int times) {
        return format.equals("json")
                ? new Content(format, bytes("[\n"), block, times, bytes("{}]\n"))
                : new Content(
                        format,
                        bytes(
                                "id,hostname,os,last_seen,tags,cores,stale,reporter,arch,infrastructure,bios,modules,link,product\r\n"),
                        block,
                        times,
                        new byte[0]);
    }

    private static byte[] records(String template, String end, int count) {
        var random = new Random(25);
        return bytes(IntStream.range(0, count)
                .mapToObj(n -> record(template, random) + end)
                .collect(Collectors.joining()));
    }

    private static String record(String template, Random random) {
        var id = new UUID(random.nextLong(), random.nextLong()).toString();
        var host = "host-%d.%s.example.com".formatted(random.nextInt(100_000), word(random));
        return template.formatted(
                id,
                host,
                7 + random.nextInt(3),
                random.nextInt(10),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                word(random),
                word(random),
                1 << random.nextInt(7),
                random.nextBoolean());
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    long length() {
        return head.length + (long) block.length * times + tail.length;
    }

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try {
            writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        for (int i = 0; i < times; i++) {
            out.write(block);
        }
        out.write(tail);
    }
}
