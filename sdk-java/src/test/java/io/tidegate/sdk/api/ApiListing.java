package io.tidegate.sdk.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What applications can see of a folder of classes, as text: a line for each package and type, its
 * supertypes and permitted ones, and one for each member, with nullness, exceptions and the values
 * of constants, which are compiled into who uses them.
 */
final class ApiListing {
  private ApiListing() {}

  static List<String> of(Path classes, ClassLoader loader, List<String> packages) {
    List<String> lines = new ArrayList<>();
    for (String name : packages) {
      try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
        List<String> types =
            files
                .map(file -> file.getFileName().toString())
                .filter(file -> file.endsWith(".class"))
                .map(file -> name + "." + file.replace(".class", ""))
                .sorted()
                .toList();
        for (String type : types) {
          describe(Class.forName(type, false, loader), lines);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    return lines;
  }

  private static void describe(Class<?> type, List<String> lines) {
    if (type.getSimpleName().equals("package-info")) {
      boolean marked = type.getPackage().isAnnotationPresent(NullMarked.class);
      lines.add("package " + type.getPackageName() + (marked ? " @NullMarked" : ""));
      return;
    }
    if (!isVisible(type) || type.isAnonymousClass() || type.isLocalClass()) {
      return;
    }
    lines.add(head(type));
    Stream<Executable> executables =
        Stream.concat(
            Arrays.stream(type.getDeclaredConstructors()),
            Arrays.stream(type.getDeclaredMethods()));
    Stream<String> members =
        Stream.concat(
            Arrays.stream(type.getDeclaredFields())
                .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                .map(ApiListing::line),
            executables
                .filter(one -> isVisible(one.getModifiers()) && !one.isSynthetic())
                .map(ApiListing::line));
    members.sorted().map(line -> "  " + line).forEach(lines::add);
  }

  private static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static String head(Class<?> type) {
    StringBuilder out = new StringBuilder(type.toGenericString());
    AnnotatedType parent = type.getAnnotatedSuperclass();
    if (parent != null && parent.getType() != Object.class) {
      out.append(" extends ").append(text(parent));
    }
    out.append(
        list(" implements ", Arrays.stream(type.getAnnotatedInterfaces()).map(ApiListing::text)));
    if (type.isSealed()) {
      out.append(
          list(" permits ", Arrays.stream(type.getPermittedSubclasses()).map(Class::getName)));
    }
    return out.append(deprecated(type)).toString();
  }

  private static String line(Field field) {
    String value = "";
    int constant = Modifier.STATIC | Modifier.FINAL;
    boolean inlined = field.getType().isPrimitive() || field.getType() == String.class;
    if ((field.getModifiers() & constant) == constant && inlined) {
      try {
        field.setAccessible(true);
        value = " = " + field.get(null);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return Modifier.toString(field.getModifiers())
        + " "
        + text(field.getAnnotatedType())
        + " "
        + field.getName()
        + value
        + deprecated(field);
  }

  private static String line(Executable one) {
    StringBuilder out = new StringBuilder();
    int kinds =
        one instanceof Method ? Modifier.methodModifiers() : Modifier.constructorModifiers();
    int shown = one.getModifiers() & kinds & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE);
    out.append(Modifier.toString(shown)).append(' ');
    if (one instanceof Method method && method.isDefault()) {
      out.append("default ");
    }
    if (one.getTypeParameters().length > 0) {
      out.append(
          Arrays.stream(one.getTypeParameters())
              .map(ApiListing::bounded)
              .collect(Collectors.joining(", ", "<", "> ")));
    }
    if (one instanceof Method method) {
      out.append(text(method.getAnnotatedReturnType())).append(' ').append(method.getName());
    } else {
      out.append(((Constructor<?>) one).getDeclaringClass().getSimpleName());
    }
    out.append(
        Arrays.stream(one.getParameters())
            .map(ApiListing::text)
            .collect(Collectors.joining(", ", "(", ")")));
    out.append(
        list(" throws ", Arrays.stream(one.getAnnotatedExceptionTypes()).map(ApiListing::text)));
    return out.append(deprecated(one)).toString();
  }

  private static String text(Parameter parameter) {
    String type = text(parameter.getAnnotatedType());
    return parameter.isVarArgs() ? type.replaceFirst("\\[]$", "...") : type;
  }

  private static String bounded(TypeVariable<?> variable) {
    List<String> bounds =
        Arrays.stream(variable.getAnnotatedBounds())
            .map(ApiListing::text)
            .filter(bound -> !bound.equals("java.lang.Object"))
            .toList();
    return variable.getName() + list(" extends ", bounds.stream());
  }

  /** With the annotations of each part of it, their packages left out. */
  private static String text(AnnotatedType type) {
    return type.toString().replaceAll("@(?:[\\w.]*\\.)?(\\w+)\\(\\)", "@$1");
  }

  private static String deprecated(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? " @Deprecated" : "";
  }

  private static String list(String before, Stream<String> items) {
    String joined = items.sorted().collect(Collectors.joining(", "));
    return joined.isEmpty() ? "" : before + joined;
  }
}
