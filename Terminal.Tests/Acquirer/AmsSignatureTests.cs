using System.Security.Cryptography;
using System.Text;
using Terminal.Acquirer;

namespace Terminal.Tests.Acquirer;

public sealed class AmsSignatureTests : IDisposable
{
    const string Path = "/ams/api/v1/payments/inquiryPayment";
    const string Client = "T_CLIENT";
    const string Time = "2026-11-21T00:22:47Z";
    const string Body = """{"paymentRequestId":"PR1"}""";

    // Made by an independent implementation with a published test key.
    const string PublicKey =
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAisP7/U/dBV43yK38lTzH5TH5rlXQGcY1fEypYSMvTjZsOZTiH5eAvKiGfAJ4yMwz" +
        "mlnDaOZpbFMh7wCmfNbaMzDyFqhcCbytzVZu9Hafb364JDoHVJuc0jZ66tTNyiLZGeNWIqdEk7Uj33k/+Fkd/MVCDSgx/5w8BhdeGO7UTG2F" +
        "OhvavF9DUULGtzNekKEjZumA0A83Fvp0hE2/qZLNA+cljo162d/UR6dc9/Mk/iAP6K2GXQ7Dtg/USlLOg2slpYmJXnQobZ3S57TEeZLUGOLM" +
        "Nd3Mq6op5ZJ/95VBi7zlyH6FRTnmCTWFgsiMwaXbCj7dJyxgU0CL2NdylKSPOQIDAQAB";

    const string Signature =
        "Ykq+deOoAZ9OilFQjNel3T2pUg9lxAfDLyY2PDh/K0Th0NVpUQZQs4Lq/VamF9cn86yQ9HULGVjZDOXhvv9GdacgvuLp2aDwvwT6bOGH1sbu" +
        "qOKB83E8fYhoTjdbXpB9+QNWtXAGfRFj1fxZQQyHg16lOlx50xPrCK8h++E6GZYXsp55TlnXMD8bqwVE9eN2i4q12WDZUnM5L30HoKszePvC" +
        "0sqZ9IemQZ+/5+JH8yGM2a3wPJq3Hhr0VNW9OKgulyjjGY3VAKc3gcr67SsauEjSNo4iGq6e6I0i4DQavFOIzhA4+Otaqbj06k1lMI/JIpx8" +
        "1I/2AzyTQqqQQ7QnTQ==";

    readonly string folder = Directory.CreateTempSubdirectory("ams").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_signed_content_has_one_line_feed_and_the_body_as_it_is() => Assert.Equal(
        "e9e71bcf3fe3d9577cacc9ada4c377897fb437dd0b1d8f86399449888f68ae12",
        Convert.ToHexStringLower(SHA256.HashData(Content(Body))));

    [Theory]
    [InlineData("algorithm=RSA256,keyVersion=1,signature=")]
    [InlineData("algorithm=RSA256, keyVersion=1, signature=")]
    [InlineData(" KEYVERSION = 1 , Algorithm = rsa256 , SIGNATURE = ")]
    public void A_known_signature_verifies_however_its_header_is_written(string start)
    {
        using var key = PublishedKey();
        var escaped = Uri.EscapeDataString(Signature);
        foreach (var value in new[] { Signature, escaped, Lower(escaped) })
        {
            var parsed = AmsSignature.Parse(start + value);
            Assert.NotNull(parsed);
            Assert.Equal(1, parsed.KeyVersion);
            Assert.True(parsed.Verify(key, Content(Body)));
        }
    }

    [Fact]
    public void A_header_without_a_key_version_is_one_and_is_written_so()
    {
        var parsed = AmsSignature.Parse($"algorithm=RSA256,signature={Signature}");
        Assert.Null(parsed!.KeyVersion);
        Assert.Equal($"algorithm=RSA256,signature={Uri.EscapeDataString(Signature)}", parsed.ToString());
    }

    [Fact]
    public void Without_a_key_version_any_of_our_keys_may_verify_it_and_no_other()
    {
        using var keys = Keys(out var old, out var newest);
        using var stranger = RSA.Create(2048);
        var content = Content(Body);
        foreach (var (key, trusted) in new[] { (old, true), (newest, true), (stranger, false) })
        {
            Assert.Equal(trusted, keys.Verify(AmsSignature.Sign(key, null, content).ToString(), content));
        }
        Assert.True(keys.Verify(AmsSignature.Sign(old, 1, content).ToString(), content));
        Assert.False(keys.Verify(AmsSignature.Sign(old, 2, content).ToString(), content));
        Assert.False(keys.Verify(AmsSignature.Sign(newest, 3, content).ToString(), content));
        var header = AmsSignature.Sign(old, 1, content).ToString();
        Assert.False(keys.Verify(header.Replace("keyVersion=1", "keyVersion="), content));
        Assert.False(keys.Verify(header.Replace("RSA256", "RSA1"), content));
    }

    /// <summary>The gateway's keys of versions 1 and 2.</summary>
    AmsKeys Keys(out RSA old, out RSA newest)
    {
        using var own = RSA.Create(2048);
        (old, newest) = (RSA.Create(2048), RSA.Create(2048));
        File.WriteAllText(At("own.pem"), own.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("1.pem"), old.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(At("2.pem"), newest.ExportSubjectPublicKeyInfoPem());
        return new(new()
        {
            Url = new("https://gateway.example"),
            ClientId = Client,
            PrivateKeyFile = At("own.pem"),
            GatewayKeyFiles = new Dictionary<int, string> { [1] = At("1.pem"), [2] = At("2.pem") },
            Merchant = new("", "", "", "", "", ""),
        });
    }

    [Fact]
    public void One_changed_byte_anywhere_breaks_the_signature()
    {
        using var key = PublishedKey();
        var signature = AmsSignature.Parse($"algorithm=RSA256,keyVersion=1,signature={Signature}")!;
        var content = Content(Body);
        for (var i = 0; i < content.Length; i++)
        {
            content[i] ^= 1;
            Assert.False(signature.Verify(key, content), $"byte {i}");
            content[i] ^= 1;
        }
        Assert.True(signature.Verify(key, content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("signature=QQ==")]
    [InlineData("algorithm=RSA256,keyVersion=1")]
    [InlineData("algorithm=RSA256,keyVersion=1,signature=")]
    [InlineData("algorithm=RSA256,keyVersion=1,signature=*")]
    [InlineData("algorithm=RSA256,keyVersion=x,signature=QQ==")]
    [InlineData("algorithm=RSA256,keyVersion=-1,signature=QQ==")]
    [InlineData("algorithm=RSA256,keyVersion=99999999999,signature=QQ==")]
    [InlineData("algorithm=HS256,keyVersion=1,signature=QQ==")]
    [InlineData("algorithm=RSA256,keyVersion=1,signature=QQ==,signature=QQ==")]
    [InlineData("algorithm=RSA256,keyVersion=1,signature=QQ==,")]
    public void What_is_not_a_signature_header_is_not_read_as_one(string header) =>
        Assert.Null(AmsSignature.Parse(header));

    [Fact]
    public void An_endless_header_is_not_read() =>
        Assert.Null(AmsSignature.Parse($"algorithm=RSA256,keyVersion=1,signature={new string('A', 100_000)}"));

    [Fact]
    public void Base64_is_escaped_so_that_no_plus_becomes_a_blank()
    {
        var header = new AmsSignature(7, [0xfb, 0xff, 0xbf, 0x00]).ToString();
        Assert.Equal("algorithm=RSA256,keyVersion=7,signature=%2B%2F%2B%2FAA%3D%3D", header);
        Assert.Equal([0xfb, 0xff, 0xbf, 0x00], AmsSignature.Parse(header)!.Value);
    }

    [Fact]
    public void Openssl_accepts_our_signature_and_we_accept_its()
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(At("private.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("public.pem"), key.ExportSubjectPublicKeyInfoPem());
        var content = Content("""{"orderDescription":"café ☕"}""");
        File.WriteAllBytes(At("content"), content);

        File.WriteAllBytes(At("content.sig"), AmsSignature.Sign(key, 1, content).Value);
        Assert.True(Openssl.Verifies(At("public.pem"), At("content")));

        Assert.Equal(0, Openssl.Run($"dgst -sha256 -sign {At("private.pem")} -out {At("theirs.sig")} {At("content")}"));
        var theirs = new AmsSignature(1, File.ReadAllBytes(At("theirs.sig")));
        Assert.True(AmsSignature.Parse(theirs.ToString())!.Verify(key, content));

        File.AppendAllText(At("content"), " ");
        Assert.False(Openssl.Verifies(At("public.pem"), At("content")));
    }

    static byte[] Content(string body) => AmsSignature.Content(Path, Client, Time, Encoding.UTF8.GetBytes(body));

    static string Lower(string escaped) => escaped.Replace("%2B", "%2b").Replace("%2F", "%2f").Replace("%3D", "%3d");

    static RSA PublishedKey()
    {
        var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(PublicKey), out _);
        return key;
    }

    string At(string name) => System.IO.Path.Combine(folder, name);
}
