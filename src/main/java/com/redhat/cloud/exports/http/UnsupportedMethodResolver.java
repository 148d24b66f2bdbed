package com.redhat.cloud.exports.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Has a method that no route of a path serves answered by {@link AllowedMethods}. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnsupportedMethodResolver implements HandlerExceptionResolver {

    private final AllowedMethods methods;

    UnsupportedMethodResolver(AllowedMethods methods) {
        this.methods = methods;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        // The management port asks here too; its paths are not ours.
        if (!(failure instanceof HttpRequestMethodNotSupportedException) || RequestPath.of(request) == null) {
            return null;
        }
        try {
            methods.refuse(request.getRequestURI(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }
}
