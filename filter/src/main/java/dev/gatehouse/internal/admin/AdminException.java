package dev.gatehouse.internal.admin;

/** Thrown if a request is refused during its handling. Only the servlet catches it. */
public final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient AdminResponse answer;

  public AdminException(AdminResponse answer) {
    super(null, null, false, false);
    this.answer = answer;
  }

  public static AdminException badRequest(String text) {
    return new AdminException(AdminResponse.error(400, text));
  }

  public AdminResponse answer() {
    return answer;
  }
}
