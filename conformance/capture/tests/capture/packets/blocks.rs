//! Writes files of packets in both byte orders, right ones and wrong ones.

/// A file that is being written.
pub(crate) struct File {
    pub(crate) bytes: Vec<u8>,
    is_big: bool,
}

/// The options of a block: numbers and values.
pub(crate) type Options<'a> = &'a [(u16, &'a [u8])];

/// The flags of a packet, in the byte order of the file.
pub(crate) const INBOUND: u32 = 1;
pub(crate) const OUTBOUND: u32 = 2;

impl File {
    /// A pcapng with one section.
    pub(crate) fn new(is_big: bool) -> Self {
        let mut file = Self { bytes: Vec::new(), is_big };
        file.section();
        file
    }

    /// A pcap of this link type.
    pub(crate) fn classic(is_big: bool, has_nanoseconds: bool, link_type: u32) -> Self {
        let mut file = Self { bytes: Vec::new(), is_big };
        let magic = if has_nanoseconds { 0xa1b2_3c4d } else { 0xa1b2_c3d4 };
        let version = if is_big { 2 << 16 | 4 } else { 4 << 16 | 2 };
        let header = file.numbers(&[magic, version, 0, 0, 262_144, link_type]);
        file.bytes = header;
        file
    }

    pub(crate) fn section(&mut self) {
        let version = if self.is_big { 1 << 16 } else { 1 };
        let content = self.numbers(&[0x1a2b_3c4d, version, u32::MAX, u32::MAX]);
        self.block(0x0a0d_0d0a, &content);
    }

    pub(crate) fn interface(&mut self, link_type: u16, options: Options<'_>) {
        let link_type = u32::from(link_type) << if self.is_big { 16 } else { 0 };
        let mut content = self.numbers(&[link_type, 0]);
        self.options(&mut content, options);
        self.block(1, &content);
    }

    /// A packet with flags, unless they are 0.
    pub(crate) fn packet(&mut self, interface: u32, units: u64, flags: u32, bytes: &[u8]) {
        let flags_value = self.numbers(&[flags]);
        let options: Options<'_> = if flags == 0 { &[] } else { &[(2, &flags_value)] };
        self.packet_with(interface, units, bytes, options);
    }

    pub(crate) fn packet_with(
        &mut self,
        interface: u32,
        units: u64,
        bytes: &[u8],
        options: Options<'_>,
    ) {
        let [high, low] = [units >> 32, units & 0xffff_ffff].map(|it| u32::try_from(it).unwrap());
        let length = u32::try_from(bytes.len()).unwrap();
        let mut content = self.numbers(&[interface, high, low, length, length]);
        content.extend_from_slice(bytes);
        content.resize(content.len().next_multiple_of(4), 0);
        self.options(&mut content, options);
        self.block(6, &content);
    }

    /// A packet of a pcap.
    pub(crate) fn classic_packet(&mut self, time: [u32; 2], bytes: &[u8], lost: u32) {
        let length = u32::try_from(bytes.len()).unwrap();
        let before = self.numbers(&[time[0], time[1], length, length + lost]);
        self.bytes.extend(before);
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn block(&mut self, kind: u32, content: &[u8]) {
        let length = u32::try_from(content.len() + 12).unwrap();
        let around = self.numbers(&[kind, length]);
        self.bytes.extend_from_slice(&around);
        self.bytes.extend_from_slice(content);
        self.bytes.extend_from_slice(&around[4..]);
    }

    pub(crate) fn numbers(&self, numbers: &[u32]) -> Vec<u8> {
        let bytes = |it: &u32| if self.is_big { it.to_be_bytes() } else { it.to_le_bytes() };
        numbers.iter().flat_map(bytes).collect()
    }

    fn options(&self, content: &mut Vec<u8>, options: Options<'_>) {
        for (number, value) in options.iter().chain(&[(0, &[] as &[u8])]) {
            let length = u16::try_from(value.len()).unwrap();
            for number in [*number, length] {
                let bytes = if self.is_big { number.to_be_bytes() } else { number.to_le_bytes() };
                content.extend_from_slice(&bytes);
            }
            content.extend_from_slice(value);
            content.resize(content.len().next_multiple_of(4), 0);
        }
    }
}
