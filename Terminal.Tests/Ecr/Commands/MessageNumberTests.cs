namespace Terminal.Tests.Ecr.Commands;

/// <summary>TLV 1F73: numbered messages; see <see cref="Transcript"/> for how to read them.</summary>
public sealed class MessageNumberTests
{
    [Fact]
    public void Every_message_after_the_registration_has_the_next_number() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk approves
            040F 60 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900 06061F7303000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0501 0B 000000 06 06 1F73 03 000004
            8000 08 06061F7303000004
            060F 11 F0F0F5302E312E300006061F7303000005
        till 8000 08 06 06 1F73 03 000005
        """);

    [Fact]
    public void The_order_that_comes_again_is_answered_and_not_carried_out_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
        till 0601 0F 04000000001234 06 06 1F73 03 000002
            84A0 08 06061F7303000002
        desk approves
            040F 60 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900 06061F7303000003
        unplug
            < answered LineDown
        plug
            < LinkReady
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < RepeatAsked of PAYMENT
        desk approves
            040F 60 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900 06061F7303000004
        till 8000 08 06 06 1F73 03 000004
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000005
        till 8000 08 06 06 1F73 03 000005
            < closed True
        till 0601 0F 04000000001234 06 06 1F73 03 000006
            8000 08 06061F7303000006
            < instructed EUR 12.34, own scanner, new
        """);

    [Fact]
    public void An_order_that_was_refused_may_come_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk refuses JournalFull
            040F 52 27B1 2900000001
              3CF0F3F55465726D696E616C206D656D6F72792066756C6C2E2043616C6C20736572766963652E
              06221F16024A461F17145465726D696E616C206D656D6F72792066756C6C1F7303000002
        till 8000 08 06 06 1F73 03 000002
            061E 25 B106221F16024A461F17145465726D696E616C206D656D6F72792066756C6C1F7303000003
        till 8000 08 06 06 1F73 03 000003
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        """);

    [Fact]
    public void A_new_registration_begins_a_new_count() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk approves
            040F 60 2700 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F3F8506169642E205049443A32303236303130323030303030303031205245463A5041594D45 4E54 88004711
              8BF0F7414C4950415900 06061F7303000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk completes
            060F 08 06061F7303000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0600 06 000000 06 0978
            8000 00
            060F 0A 19002900000001490978
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 00
            < instructed EUR 12.34, own scanner
        """);

    /// <summary>A register that began to count anew without a word must not hear the old approval.</summary>
    [Fact]
    public void Another_amount_under_an_old_number_is_no_order_that_comes_again() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        desk rejects NoAnswer
            040F 9B 27A1 04000000001234 0B004711 0C030405 0D0102 1960 2900000001 870042 8A61
              3CF0F4F54E6F7420706169643A206E6F20616E737765722066726F6D20746865207061796D656E74
              206E6574776F726B2E 88004711 8BF0F7414C4950415900
              063A1F16024E411F172C4E6F7420706169643A206E6F20616E737765722066726F6D207468652070
              61796D656E74206E6574776F726B1F7303000002
        till 8000 08 06 06 1F73 03 000002
            < answered Acknowledged
        desk closes NoAnswer
            061E 3D A1063A1F16024E411F172C4E6F7420706169643A206E6F20616E737765722066726F6D2074686520
              7061796D656E74206E6574776F726B1F7303000003
        till 8000 08 06 06 1F73 03 000003
            < closed True
        till 0601 0F 04000000009900 06 06 1F73 03 000001
            849A 08 06061F7303000001
        """);

    [Fact]
    public void Another_amount_under_the_open_number_is_refused_and_the_order_goes_on() => Transcript.Check("""
        till 0600 0E 000000 06 0978 06 06 1F73 03 000000
            8000 00
            060F 12 1900290000000149097806061F7303000000
        till 8000 00
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
            < instructed EUR 12.34, own scanner, new
        till 0601 0F 04000000009900 06 06 1F73 03 000001
            849A 08 06061F7303000001
        till 0601 1C 04000000001234 2DF1F068515644554659774D51 06 06 1F73 03 000001
            849A 08 06061F7303000001
        till 0601 0F 04000000001234 06 06 1F73 03 000001
            8000 08 06061F7303000001
        desk refuses JournalFull
            040F 52 27B1 2900000001
              3CF0F3F55465726D696E616C206D656D6F72792066756C6C2E2043616C6C20736572766963652E
              06221F16024A461F17145465726D696E616C206D656D6F72792066756C6C1F7303000002
        """);
}
