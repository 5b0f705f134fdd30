package org.bowline.rest;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** Draws a text as a QR code (ISO/IEC 18004) in SVG, one unit for each of its squares. */
final class QrPicture {
    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(
                    EncodeHintType.ERROR_CORRECTION,
                    ErrorCorrectionLevel.M,
                    EncodeHintType.MARGIN,
                    4); // squares of light around it, as the standard wants

    private QrPicture() {}

    /**
     * The picture of a text.
     *
     * @throws IllegalArgumentException if it is longer than such a picture can be
     */
    static String svg(String text) {
        BitMatrix squares = squares(text);
        int size = squares.getWidth();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int from = x;
                while (x < size && squares.get(x, y)) {
                    x++;
                }
                if (x > from) {
                    int run = x - from;
                    path.append('M').append(from).append(' ').append(y);
                    path.append('h').append(run).append("v1h-").append(run).append('z');
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d">
                <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/>
                <path d="%2$s"/>
                </svg>
                """
                .formatted(size, path);
    }

    private static BitMatrix squares(String text) {
        try {
            return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, HINTS);
        } catch (WriterException e) {
            throw new IllegalArgumentException(
                    "no QR code holds a text of " + text.length() + " characters", e);
        }
    }
}
