package dev.gatehouse.internal.security;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The fields of a class file. Its text alone does not separate them from local variables. */
final class ClassFields {
  private static final int HEADER_BYTES = 8;

  /** Access flags, this class and superclass. */
  private static final int CLASS_BYTES = 6;

  /** Access flags and name. */
  private static final int FIELD_BYTES = 4;

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private ClassFields() {}

  /** Returns whether a field has a type, or the class file cannot be read. */
  static boolean contain(String descriptor, byte[] classFile) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
      in.skipNBytes(HEADER_BYTES);
      Map<Integer, String> texts = texts(in);
      in.skipNBytes(CLASS_BYTES);
      in.skipNBytes(2L * in.readUnsignedShort());
      boolean found = false;
      for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
        in.skipNBytes(FIELD_BYTES);
        found |= descriptor.equals(texts.get(in.readUnsignedShort()));
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
          in.skipNBytes(2);
          in.skipNBytes(in.readInt());
        }
      }
      return found;
    } catch (IOException e) {
      return true;
    }
  }

  private static Map<Integer, String> texts(DataInputStream in) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    int end = in.readUnsignedShort();
    for (int i = 1; i < end; i++) {
      int kind = in.readUnsignedByte();
      if (kind == UTF8) {
        texts.put(i, in.readUTF());
      } else {
        in.skipNBytes(bytes(kind));
        // A long or double takes two places.
        i += kind == LONG || kind == DOUBLE ? 1 : 0;
      }
    }
    return texts;
  }

  /** Returns the length of a constant of a kind, by section 4.4 of the JVM specification. */
  private static int bytes(int kind) throws IOException {
    return switch (kind) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case LONG, DOUBLE -> 8;
      default -> throw new IOException("unknown constant " + kind);
    };
  }
}
