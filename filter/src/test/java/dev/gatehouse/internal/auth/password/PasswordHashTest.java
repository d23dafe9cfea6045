package dev.gatehouse.internal.auth.password;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes made by libargon2, libxcrypt and Python's hashlib, and texts that must not be trusted. */
class PasswordHashTest {
  private static final String SALT = "$c2FsdHNhbHRzYWx0c2FsdA$";
  private static final String HASH = "GRx2uy10fwFWBL/qqyxtyfOIq5axx3gGjfp7K4gzruE";
  private static final String PBKDF2 = "GDAYJJtfElk+xpdigX69OXyhgz3//WebdzIiNpVdWzI";
  private static final String BCRYPT = "abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";
  private static final String OF_72 =
      "{bcrypt}$2y$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + " open_sesame",
        "{argon2id}$argon2id$v=19$m=256,t=3,p=4"
            + SALT
            + "xIsNB3MN6DsEgvg/PKF+NVXPZZbS8arsWXlbsKCb/7g test\u00a3",
        "{argon2id}$argon2id$v=19$m=8,t=1,p=1"
            + SALT
            + "pfnMElLZccj7InNQDPRZEwoIWzZRGHPTvSkmkMkUF/k x",
        "{bcrypt}$2b$05$" + BCRYPT + " open_sesame",
        "{bcrypt}$2a$05$" + BCRYPT + " open_sesame",
        "{bcrypt}$2y$05$" + BCRYPT + " open_sesame",
        "{pbkdf2}$pbkdf2-sha256$1000" + SALT + PBKDF2 + " open_sesame",
        "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac= open_sesame",
        "{SSHA}bEiwulKhVqG0wRVxs1ooibgOlxZzYWx0c2FsdA== open_sesame",
        "{SHA256}Qe9LsLI2YeZjAarDYGaRLawDeCe0rmOnsRZaWqk+1Os= open_sesame",
        "{SSHA256}mawpkfNze21cebJxTyol+4rI1K6KHfRAoSr3QayjlFtzYWx0c2FsdA== open_sesame",
        "{SHA512}hHDN078e+F1fCSvOWuWvl85QggSBv0OyQTgH/sN+J4W1M6ZdTH1xaVsUHYHrzUtsTe9ChOYGfwud3DGLGyMCBQ== open_sesame",
        "{SSHA512}TzmHsU+2RTZKyuEYUDTMTa/yswdSJkG/WoyGfXl+6nYqZKxv/YWt5ajHcxdbKF8baD03yrl39H7N68iANYvodXNhbHRzYWx0 open_sesame",
        "{crypt}$5$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC open_sesame",
        "{crypt}$6$saltsalt$e/5XKibXPLqVcfjpD.ouauaJrAOL5V0uo80Lt7n7EbRdRiCx3HbQ90yjOHr.G0T.mx79PEMRy8nmtr0qSYhQp1 open_sesame",
        "{crypt}$6$rounds=1000$saltsaltsaltsalt$If1Ji8YOEsM/hDcYBVXT0eVvv1BFpQvQkkJd9bpfZ9sGBwVZH/UFSLWh1NL8vWBGHUm3O0nc5Hb.R729fsTl11 open_sesame",
        "$2y$05$" + BCRYPT + " open_sesame",
        "{CRYPT}$2y$05$" + BCRYPT + " open_sesame",
        "{BLF-CRYPT}$2y$05$" + BCRYPT + " open_sesame",
        "$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + " open_sesame",
        "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + " open_sesame",
        "$pbkdf2-sha256$1000" + SALT + PBKDF2 + " open_sesame",
        "$5$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC open_sesame",
        "$apr1$saltsalt$HIDXe7D36X22w1CH4M1cQ. open_sesame",
        "$1$saltsalt$Yo6tRKYGO/jWyb1etwHDS/ open_sesame",
        "{crypt}$1$saltsalt$Yo6tRKYGO/jWyb1etwHDS/ open_sesame",
        "{MD5}VO827HEgH9+dFCP9Jvl/aw== open_sesame",
        "{SMD5}ELowd/dqi1QJnPnWHrHR4XNhbHRzYWx0 open_sesame",
        "{ssha}bEiwulKhVqG0wRVxs1ooibgOlxZzYWx0c2FsdA== open_sesame",
        "{SSHA384}upATeywqgES3u/s+VDVTYiG0NkCuZ8nS0aiGNVxxRZqbyNOdCO/lnjF/AHWpW0qPc2FsdHNhbHQ= open_sesame",
        "{kong}59d1ef15-24a5-4373-b957-e8192c15ff6e$23e8cc3f607e9b467d30df1416c9dec0fc60d9a0 open_sesame",
        "{pbkdf2}$pbkdf2-sha256$29000"
            + SALT
            + "5RHegXpmI4oYx.Z06vp0zprnsPJlm3gx7DVdXUBzOGA test\u00a3",
      })
  void matches_ofWhatOtherSystemsMade_isTrueForThePasswordOnly(String text, String written) {
    String password = written.replace('_', ' ');
    assertTrue(PasswordHash.isHash(text));
    PasswordHash hash = PasswordHash.parse(text);
    assertTrue(hash.matches(utf8(password)));
    assertFalse(hash.matches(utf8(password + " ")));
    assertFalse(hash.matches(utf8(password.substring(1))));
    assertFalse(hash.matches(utf8(password + "\u0000")));
    assertFalse(hash.matches(utf8("")));
  }

  @Test
  void of_makesAHashThatOnlyItsPasswordMatches() {
    SecureRandom random = new SecureRandom();
    String text = Argon2Hash.of(utf8("s3cret \u00a3"), random);
    assertTrue(text.startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$"), text);
    assertTrue(PasswordHash.parse(text).matches(utf8("s3cret \u00a3")));
    assertFalse(PasswordHash.parse(text).matches(utf8("s3cret")));
    assertNotEquals(text, Argon2Hash.of(utf8("s3cret \u00a3"), random));
    assertFalse(Argon2Hash.ofNobody(random).matches(utf8("s3cret \u00a3")));
  }

  @Test
  void isOutdated_ofWeakerParameters_isTrue() {
    SecureRandom random = new SecureRandom();
    assertFalse(PasswordHash.parse(Argon2Hash.of(utf8("x"), random)).outdated());
    assertFalse(
        PasswordHash.parse("{argon2id}$argon2id$v=19$m=65536,t=3,p=1" + SALT + HASH).outdated());
    for (String old :
        List.of(
            "{argon2id}$argon2id$v=19$m=19455,t=2,p=1" + SALT + HASH,
            "{argon2id}$argon2id$v=19$m=65536,t=1,p=1" + SALT + HASH,
            "{bcrypt}$2b$12$" + BCRYPT,
            "{pbkdf2}$pbkdf2-sha256$1000" + SALT + PBKDF2,
            "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac=",
            "{crypt}$5$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC")) {
      assertTrue(PasswordHash.parse(old).outdated(), old);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{SHA}",
        "{SHA}W8r/fyL/UzygmbNAjq2HbA67qac",
        "{SHA}bEiwulKhVqG0wRVxs1ooibgOlxZzYWx0c2FsdA==",
        "{SSHA}W8r/fyL/UzygmbNAjq2HbA67qac=",
        "{SSHA}W8r/fyL/UzygmbNAjq2HbA67qadhYmM=",
        "{SHA256}W8r/fyL/UzygmbNAjq2HbA67qac=",
        "{sha}W8r/fyL/UzygmbNAjq2HbA67qac",
        "{MD5}W8r/fyL/UzygmbNAjq2HbA",
        "{kong}$23e8cc3f607e9b467d30df1416c9dec0fc60d9a0",
        "{kong}23e8cc3f607e9b467d30df1416c9dec0fc60d9a0",
        "$apr1$saltsalt$HIDXe7D36X22w1CH4M1cQ",
        "$1$$Yo6tRKYGO/jWyb1etwHDS/",
        "{crypt}",
        "{crypt}$1$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
        "{crypt}$6$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
        "{crypt}$5$$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
        "{crypt}$5$rounds=1000001$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
        "{crypt}$5$rounds=999$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
        "{crypt}$5$rounds=99999999$saltsalt$yrhPKxCqiWcCE9h0g86j6Ugz7SDFdFm.BjU.d8RaQnC",
      })
  void parse_ofShaThatIsNotWhole_isRefused(String text) {
    assertRefused(text);
  }

  @Test
  void matches_ofBcrypt_neverTakesMoreThanBcryptReads() {
    PasswordHash hash = PasswordHash.parse(OF_72);
    assertTrue(hash.matches(utf8("x".repeat(72))));
    assertFalse(hash.matches(utf8("x".repeat(73))));
    assertFalse(hash.matches(utf8("x".repeat(72) + "yz")));
    assertFalse(hash.matches(utf8("x".repeat(71))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=65537,t=1,p=1",
        "m=9999999,t=1,p=1",
        "m=99999999,t=1,p=1",
        "m=4294967296,t=1,p=1",
        "m=1024,t=11,p=1",
        "m=1024,t=999,p=1",
        "m=1024,t=4294967297,p=1",
        "m=1024,t=1,p=9",
        "m=1024,t=1,p=99",
        "m=15,t=1,p=2",
        "m=7,t=1,p=1",
        "m=0,t=1,p=1",
        "m=1024,t=0,p=1",
        "m=1024,t=1,p=0",
        "m=-1,t=1,p=1",
        "m=01024,t=1,p=1",
        "t=1,m=1024,p=1",
        "m=1024,t=1",
        "m=1024,t=1,p=1,data=YTpi"
      })
  void parse_ofArgon2ThatCostsTooMuchOrIsNotWritten_isRefused(String cost) {
    assertRefused("{argon2id}$argon2id$v=19$" + cost + SALT + HASH);
  }

  @Test
  void parse_atTheBounds_isAccepted() {
    PasswordHash.parse("{argon2id}$argon2id$v=19$m=65536,t=10,p=8" + SALT + HASH);
    PasswordHash.parse("{bcrypt}$2b$14$" + BCRYPT);
    PasswordHash.parse("{pbkdf2}$pbkdf2-sha256$1000000" + SALT + PBKDF2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "open sesame",
        "{noop}open sesame",
        "{argon2id}",
        "{argon2id}open sesame",
        "{argon2id}$argon2i$v=19$m=1024,t=2,p=1" + SALT + HASH,
        "{argon2id}$argon2id$v=16$m=1024,t=2,p=1" + SALT + HASH,
        "{argon2id}$argon2id$m=1024,t=2,p=1" + SALT + HASH,
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1$c2E$" + HASH,
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1" + SALT + "c2E",
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + "=",
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + "AA",
        "{argon2id}$argon2id$v=19$m=1024,t=2,p=1" + SALT + HASH + "\n",
        "{bcrypt}$2b$15$" + BCRYPT,
        "{bcrypt}$2b$31$" + BCRYPT,
        "{bcrypt}$2b$99$" + BCRYPT,
        "{bcrypt}$2b$03$" + BCRYPT,
        "{bcrypt}$2b$5$" + BCRYPT,
        "{bcrypt}$2x$05$" + BCRYPT,
        "{bcrypt}$2$05$" + BCRYPT,
        "{bcrypt}$2b$05$" + BCRYPT + "A",
        "{bcrypt}" + BCRYPT,
        "{pbkdf2}$pbkdf2-sha256$1000001" + SALT + PBKDF2,
        "{pbkdf2}$pbkdf2-sha256$9999999" + SALT + PBKDF2,
        "{pbkdf2}$pbkdf2-sha256$2147483648" + SALT + PBKDF2,
        "{pbkdf2}$pbkdf2-sha256$0" + SALT + PBKDF2,
        "{pbkdf2}$pbkdf2-sha512$1000" + SALT + PBKDF2,
        "{pbkdf2}$pbkdf2-sha256$1000" + SALT + PBKDF2 + PBKDF2,
        "{pbkdf2}$pbkdf2-sha256$1000$$" + PBKDF2
      })
  void parse_ofAnythingElse_isRefusedWithoutQuotingIt(String text) {
    assertRefused(text);
  }

  @Test
  void isHash_ofAPassword_isFalse() {
    for (String text : new String[] {"", "{", "{noop}x", "{ARGON2ID}x", " {bcrypt}x", "$2x$05$x"}) {
      assertFalse(PasswordHash.isHash(text), text);
    }
    assertTrue(PasswordHash.isHash("{bcrypt}anything"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "23e8cc3f607e9b467d30df1416c9dec0fc60d9a0",
        "5F4DCC3B5AA765D61D8327DEB882CF99",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        "5f4dcc3b5aa765d61d8327deb882cf99:salt",
        "$2x$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW",
        "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7",
        "$argon2i$v=19$m=1024,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$GRx2uy10fwFWBL",
        "$scrypt$ln=16,r=8,p=1$c2FsdHNhbHQ$GRx2uy10fwFWBLqqyxtyfO",
        "$pbkdf2-sha512$1000$c2FsdHNhbHQ$GRx2uy10fwFWBLqqyxtyfO",
        "$P$B7889EMq/erHIuZapMB8GEizebcIy9.",
        "$md5,rounds=5000$saltsalt$GRx2uy10fwFWBL",
        "{noop}open sesame",
        "{CRYPT}ab01FAX.bQRSU",
        "{SHA-256}{salt}5e884898da28047151",
        "{scrypt}$e0801$8bWJaSu2IKSn9Z9kM$OYkf",
        "{PBKDF2-SHA256}1000$c2FsdA$aGFzaA",
        "pbkdf2_sha256$600000$salt$aGFzaA=",
        "scrypt:32768:8:1$salt$0011",
        "bcrypt_sha256$$2b$12$x",
        "user:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW",
        "user:$apr1$saltsalt$HIDXe7D36X22w1CH4M1cQ.",
        "user:realm:5f4dcc3b5aa765d61d8327deb882cf99",
        "md55f4dcc3b5aa765d61d8327deb882cf99",
        "SCRAM-SHA-256$4096:c2FsdA==$x:y",
        "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19"
      })
  void hashThatCannotBeChecked_isNoPassword(String text) {
    assertFalse(PasswordHash.isHash(text));
    assertTrue(ForeignHash.form(text).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open sesame",
        "pa$$w0rd",
        "$ecret",
        "a:b",
        "f00d",
        "{x}",
        "abcdef0123456789abcdef0123456789a"
      })
  void passwordThatIsNoHash_isAPassword(String text) {
    assertFalse(PasswordHash.isHash(text));
    assertTrue(ForeignHash.form(text).isEmpty());
  }

  private static void assertRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
    assertFalse(String.valueOf(refused.getMessage()).contains("sesame"));
    assertFalse(String.valueOf(refused.getMessage()).contains(HASH));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
