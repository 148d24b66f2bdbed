package com.redhat.cloud.exports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.beans.factory.annotation.Autowired;

/** The rules that keep features apart. */
@AnalyzeClasses(packagesOf = ExportServiceApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("routes")
            .definedBy("..exports.routes..")
            .layer("http")
            .definedBy("..exports.http..")
            .layer("answers")
            .definedBy("..exports.source..", "..exports.archive..")
            .layer("export")
            .definedBy("..exports.export..")
            .layer("event")
            .definedBy("..exports.event..", "..exports.extension..")
            .layer("edges")
            .definedBy("..exports.storage..", "..exports.deflate..", "..exports.identity..", "..exports.limits..")
            .layer("config")
            .definedBy("..exports.config..", "..exports.health..")
            .whereLayer("routes")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("routes")
            .whereLayer("answers")
            .mayOnlyBeAccessedByLayers("http")
            .whereLayer("export")
            .mayOnlyBeAccessedByLayers("http", "answers")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("export", "answers")
            .whereLayer("edges")
            .mayOnlyBeAccessedByLayers("http", "answers", "export");

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching("com.redhat.cloud.exports.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule answersAndArchiveDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage("..source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..archive..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("..http..");

    @ArchTest
    static final ArchRule onlyTheFrontKnowsServlets = noClasses()
            .that()
            .resideOutsideOfPackage("..http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.apache.catalina..");

    @ArchTest
    static final ArchRule onlyStorageKnowsTheS3Client = noClasses()
            .that()
            .resideOutsideOfPackage("..storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule injectionIsByConstructor = noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule exceptionsSayWhatTheyAre =
            classes().that().areAssignableTo(Exception.class).should().haveSimpleNameEndingWith("Exception");
}
