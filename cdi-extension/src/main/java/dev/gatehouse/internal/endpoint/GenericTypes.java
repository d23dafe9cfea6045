package dev.gatehouse.internal.endpoint;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of type variables of a class's supertypes. */
final class GenericTypes {
  private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();
  private final Set<Class<?>> supertypes = new LinkedHashSet<>();

  private GenericTypes() {}

  static GenericTypes of(Class<?> type) {
    GenericTypes types = new GenericTypes();
    types.bindSupertypes(type);
    return types;
  }

  /** Returns the parameter types of a method that is called on the class. */
  List<Class<?>> parameters(Method method) {
    return Arrays.<Type>stream(method.getGenericParameterTypes())
        .<Class<?>>map(this::erased)
        .toList();
  }

  /** Returns the target of a bridge method, or the method itself. */
  Method unbridged(Method method) {
    return Arrays.stream(method.getDeclaringClass().getDeclaredMethods())
        .filter(other -> method.isBridge() && !other.isBridge())
        .filter(other -> other.getName().equals(method.getName()))
        .filter(other -> supertypes.stream().anyMatch(type -> bridges(method, type, other)))
        .findFirst()
        .orElse(method);
  }

  /** Returns whether a method is a bridge: it has the erased parameters of a supertype's method. */
  private boolean bridges(Method bridge, Class<?> supertype, Method behind) {
    return Arrays.stream(supertype.getDeclaredMethods())
        .filter(overridden -> overridden.getName().equals(bridge.getName()))
        .filter(
            overridden -> Arrays.equals(overridden.getParameterTypes(), bridge.getParameterTypes()))
        .anyMatch(overridden -> parameters(overridden).equals(parameters(behind)));
  }

  private void bindSupertypes(Class<?> type) {
    if (type.getGenericSuperclass() != null) {
      bind(type.getGenericSuperclass());
    }
    for (Type each : type.getGenericInterfaces()) {
      bind(each);
    }
  }

  private void bind(Type supertype) {
    if (supertype instanceof ParameterizedType generic
        && generic.getRawType() instanceof Class<?> raw) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bindings.put(variables[i], generic.getActualTypeArguments()[i]);
      }
    }
    supertypes.add(erased(supertype));
    bindSupertypes(erased(supertype));
  }

  private Class<?> erased(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return erased(generic.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erased(array.getGenericComponentType()), 0).getClass();
    }
    if (type instanceof TypeVariable<?> variable) {
      Type bound = bindings.get(variable);
      return erased(bound == null ? variable.getBounds()[0] : bound);
    }
    return erased(((WildcardType) type).getUpperBounds()[0]);
  }
}
