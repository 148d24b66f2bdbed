package com.redhat.cloud.exports.routes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

/** What a Spring Boot application offers its routes: running, or at rest, from its classes alone. */
public final class SpringSurroundings extends ClassPathSurroundings {

    /** Beans of Spring Boot that a route may name. */
    private static final Set<String> INFRASTRUCTURE = Set.of("dataSource", "transactionManager");

    /** The name of an environment variable; which ones will be set is not known at rest. */
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Map<String, Class<?>> beans;
    private final Set<String> unknownTypes;
    private final Set<String> settings;
    private final Predicate<String> hasSetting;

    private SpringSurroundings(
            Map<String, Class<?>> beans, Set<String> unknownTypes, Set<String> settings, Predicate<String> hasSetting) {
        super(Path.of(""));
        this.beans = beans;
        this.unknownTypes = unknownTypes;
        this.settings = settings;
        this.hasSetting = hasSetting;
    }

    static SpringSurroundings running(ListableBeanFactory factory, Environment environment) {
        Map<String, Class<?>> beans = new HashMap<>();
        Set<String> unknownTypes = new TreeSet<>();
        for (String name : factory.getBeanDefinitionNames()) {
            Class<?> type = factory.getType(name, false);
            if (type == null) {
                unknownTypes.add(name);
            } else {
                beans.put(name, ClassUtils.getUserClass(type));
            }
        }
        return new SpringSurroundings(beans, unknownTypes, settingsOfFile(), environment::containsProperty);
    }

    /**
     * Finds the beans in the classes, without making one, and the settings in {@code application.yaml}.
     *
     * @param packages which the beans' classes are in or below
     */
    public static SpringSurroundings atRest(List<String> packages) {
        Map<String, Class<?>> beans = new HashMap<>();
        var scanner = new ClassPathScanningCandidateComponentProvider(true);
        packages.stream()
                .map(scanner::findCandidateComponents)
                .flatMap(Set::stream)
                .forEach(component -> {
                    Class<?> type = ClassUtils.resolveClassName(
                            String.valueOf(component.getBeanClassName()), SpringSurroundings.class.getClassLoader());
                    beans.put(
                            AnnotationBeanNameGenerator.INSTANCE.generateBeanName(
                                    component, new SimpleBeanDefinitionRegistry()),
                            type);
                    if (type.isAnnotationPresent(Configuration.class)) {
                        for (var method : type.getDeclaredMethods()) {
                            Bean bean = method.getAnnotation(Bean.class);
                            if (bean != null) {
                                String name = bean.value().length > 0
                                        ? bean.value()[0]
                                        : bean.name().length > 0 ? bean.name()[0] : method.getName();
                                beans.put(name, method.getReturnType());
                            }
                        }
                    }
                });
        Set<String> settings = settingsOfFile();
        return new SpringSurroundings(
                beans,
                INFRASTRUCTURE,
                settings,
                key -> settings.contains(key) || ENVIRONMENT.matcher(key).matches());
    }

    private static Set<String> settingsOfFile() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties properties = yaml.getObject();
        return properties == null ? Set.of() : new TreeSet<>(properties.stringPropertyNames());
    }

    @Override
    public Optional<Set<String>> beans() {
        Set<String> names = new TreeSet<>(beans.keySet());
        names.addAll(unknownTypes);
        return Optional.of(names);
    }

    @Override
    public Optional<Class<?>> typeOf(String bean) {
        return Optional.ofNullable(beans.get(bean));
    }

    @Override
    public Optional<Set<String>> routeConfigurations() {
        Set<String> ids = new TreeSet<>();
        beans.values().stream()
                .filter(RouteConfigurationBuilder.class::isAssignableFrom)
                .map(type -> (RouteConfigurationBuilder) BeanUtils.instantiateClass(type))
                .forEach(builder -> ids.addAll(configured(builder)));
        return Optional.of(ids);
    }

    private static List<String> configured(RouteConfigurationBuilder builder) {
        try {
            builder.configuration();
        } catch (Exception e) {
            throw new IllegalStateException("cannot read the route configurations of " + builder.getClass(), e);
        }
        return builder.getRouteConfigurationCollection().getRouteConfigurations().stream()
                .map(OptionalIdentifiedDefinition::getId)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Optional<Set<String>> settings() {
        return Optional.of(settings);
    }

    @Override
    public boolean hasSetting(String key) {
        return hasSetting.test(key);
    }
}
