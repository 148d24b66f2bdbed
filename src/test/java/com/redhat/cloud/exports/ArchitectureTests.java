package com.redhat.cloud.exports;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.Exposes;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;

/** Features stand above the platform; each shows what its package-info lists, and uses what docs/architecture.md draws. */
@AnalyzeClasses(packagesOf = ExportServiceApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = ExportServiceApplication.class.getPackageName();
    private static final String PLATFORM = ROOT + ".platform";

    /** Packages of modules below tools/ that are on the class path. */
    private static final Set<String> MODULES = Set.of("routes", "servers");

    /** An arrow of a picture in docs/architecture.md. */
    private static final Pattern ARROW = Pattern.compile("^ +(\\w+) --> (\\w+)$", Pattern.MULTILINE);

    @ArchTest
    static final ArchRule thePlatformKnowsNoFeature = noClasses()
            .that()
            .resideInAPackage(PLATFORM + "..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(PLATFORM + ".."))));

    @ArchTest
    static final ArchRule theRouteToolsKnowNothingOfTheService = noClasses()
            .that()
            .resideInAPackage(ROOT + ".routes..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(ROOT + ".routes.."))));

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thePlatformIsFreeOfCycles =
            slices().matching(PLATFORM + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static void thePicturesDrawTheArrowsThatExist(JavaClasses classes) throws IOException {
        SortedSet<String> found = dependencies(classes)
                .map(dependency -> arrow(dependency.getOriginClass(), dependency.getTargetClass()))
                .flatMap(Optional::stream)
                .collect(toCollection(TreeSet::new));
        SortedSet<String> drawn = ARROW.matcher(Files.readString(Path.of("docs/architecture.md")))
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(toCollection(TreeSet::new));
        assertThat(found).isEqualTo(drawn);
    }

    /** Between features, where the platform is one box, or between packages of the platform. */
    private static Optional<String> arrow(JavaClass origin, JavaClass target) {
        List<String> from = path(origin);
        List<String> to = path(target);
        if (!from.getFirst().equals(to.getFirst())) {
            return Optional.of(from.getFirst() + " --> " + to.getFirst());
        }
        return from.getFirst().equals("platform") && !from.getLast().equals(to.getLast())
                ? Optional.of(from.getLast() + " --> " + to.getLast())
                : Optional.empty();
    }

    private static List<String> path(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT)
                ? List.of("application")
                : List.of(name.substring(ROOT.length() + 1).split("\\."));
    }

    @ArchTest
    static void packagesOfFeaturesShowWhatOthersUseAndNothingElse(JavaClasses classes) {
        Set<String> used = usedByOtherPackages(classes);
        for (JavaPackage feature : features(classes)) {
            Set<JavaClass> types = feature.getClasses();
            assertThat(names(
                            types.stream().filter(type -> !type.isArray() && type.isTopLevelClass() && isPublic(type))))
                    .as("public types of " + feature.getName())
                    .isEqualTo(listed(feature));
            assertThat(listed(feature).stream().filter(type -> !used.contains(type)))
                    .as("types that %s lists and no other package uses", feature.getName())
                    .isEmpty();
        }
    }

    /** Includes the types in signatures of the types used: bytecode shows no more of a lambda or a catch clause. */
    private static Set<String> usedByOtherPackages(JavaClasses classes) {
        return dependencies(classes)
                .filter(dependency -> !dependency
                        .getOriginClass()
                        .getPackageName()
                        .equals(dependency.getTargetClass().getPackageName()))
                .map(dependency -> outermost(dependency.getTargetClass()))
                .distinct()
                .flatMap(type -> Stream.concat(
                        Stream.of(type),
                        type.getCodeUnits().stream()
                                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                                .flatMap(unit -> Stream.concat(
                                        unit.getAllInvolvedRawTypes().stream(), unit.getExceptionTypes().stream()))))
                .map(JavaClass::getName)
                .collect(toSet());
    }

    @ArchTest
    static void featuresUseNoPartsOfOtherFeatures(JavaClasses classes) {
        assertThat(dependencies(classes)
                        .filter(dependency ->
                                !dependency.getTargetClass().getPackageName().startsWith(PLATFORM + "."))
                        .filter(dependency -> path(dependency.getTargetClass()).size() > 1)
                        .filter(dependency -> arrow(dependency.getOriginClass(), dependency.getTargetClass())
                                .isPresent())
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    /** Of the service's own types on each other. */
    private static Stream<Dependency> dependencies(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(ROOT));
    }

    private static List<JavaPackage> features(JavaClasses classes) {
        return classes.getPackage(ROOT).getSubpackagesInTree().stream()
                .filter(feature -> !feature.getName().startsWith(PLATFORM))
                .filter(feature -> !MODULES.contains(feature.getRelativeName()))
                .toList();
    }

    private static SortedSet<String> listed(JavaPackage feature) {
        return feature.tryGetAnnotationOfType(Exposes.class).map(Exposes::value).stream()
                .flatMap(Arrays::stream)
                .map(Class::getName)
                .collect(toCollection(TreeSet::new));
    }

    private static SortedSet<String> names(Stream<JavaClass> types) {
        return types.map(JavaClass::getName).collect(toCollection(TreeSet::new));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
    }

    @ArchTest
    static final ArchRule onlyTheFrontKnowsServlets = noClasses()
            .that()
            .resideOutsideOfPackage(PLATFORM + ".http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.apache.catalina..");

    @ArchTest
    static final ArchRule onlyStorageKnowsTheS3Client = noClasses()
            .that()
            .resideOutsideOfPackage(PLATFORM + ".storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule injectionIsByConstructor = noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule exceptionsAreNamedSo =
            classes().that().areAssignableTo(Exception.class).should().haveSimpleNameEndingWith("Exception");
}
