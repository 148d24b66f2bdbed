package com.redhat.cloud.exports.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lists the types of a package that other packages use. All its others are package-private ({@code ArchitectureTests}). */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface Exposes {

    Class<?>[] value();
}
