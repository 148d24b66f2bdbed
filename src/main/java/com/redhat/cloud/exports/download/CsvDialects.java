package com.redhat.cloud.exports.download;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.csv.CSVFormat;
import org.springframework.stereotype.Component;

/**
 * Reads CSV, lazily, as uploads are validated: with the delimiter of the variable {@code delimiter}, a comma if there is
 * none, and text after a closing quote.
 */
@Component("csvDialects")
class CsvDialects extends ServiceSupport implements DataFormat, CamelContextAware {

    static final String DELIMITER = "delimiter";

    private final Map<String, CsvDataFormat> formats =
            Stream.of(",", ";", "\t", "|").collect(Collectors.toMap(Function.identity(), CsvDialects::format));

    private CamelContext context;

    private static CsvDataFormat format(String delimiter) {
        return new CsvDataFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiter)
                        .setTrailingData(true)
                        .get())
                .setLazyLoad(true);
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream csv) throws Exception {
        return formats.get(exchange.getVariable(DELIMITER, ",", String.class)).unmarshal(exchange, csv);
    }

    @Override
    public void marshal(Exchange exchange, Object rows, OutputStream csv) {
        throw new UnsupportedOperationException("CSV is only read");
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(formats.values());
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopService(formats.values());
    }
}
