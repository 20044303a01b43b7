package io.trunkline.value;

/** A way in which platforms store a telephone number, for look-ups that only match the stored text. */
public enum PhoneForm {
    /** {@code +8613800138000} */
    E164,
    /** {@code 8613800138000} */
    E164_DIGITS,
    /** {@code 008613800138000} */
    DIALLED_00,
    /** {@code +86 138 0013 8000}, spaced as the country writes it */
    INTERNATIONAL,
    /** {@code 138 0013 8000} or {@code (317) 555-0125}, as the country writes it at home */
    NATIONAL,
    /** {@code 13800138000} or {@code 03175550125}: the national form's digits, trunk prefix included */
    NATIONAL_DIGITS,
    /** {@code 13800138000} or {@code 3175550125}: the digits after the country code */
    SUBSCRIBER_DIGITS,
    /** {@code +1 (317) 555-0125}: the country code before the national form */
    INTERNATIONAL_BRACKETED
}
