package dev.gatehouse.internal.admin;

/** A request that is refused in the middle of its handling; caught by the servlet only. */
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
